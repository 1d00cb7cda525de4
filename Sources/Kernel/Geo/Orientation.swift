/// On which side of the directed line a→b the point c lies: 1 left, -1 right, 0 exactly on it.
///
/// Longitude is x and latitude y, as planar numbers. The sign is exact for all finite coordinates: a floating-point
/// filter answers almost every call, exact arithmetic the rest.
///
/// Source: J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates",
/// Discrete & Computational Geometry 18 (1997), section 4.2 (orient2d).
@inlinable
public func orientation(_ a: Coordinate, _ b: Coordinate, _ c: Coordinate) -> Int {
    orientation(
        a.longitude,
        a.latitude,
        b.longitude,
        b.latitude,
        c.longitude,
        c.latitude
    )
}

/// The same predicate on bare numbers, for loops over flat arrays.
@inlinable
@inline(__always)
func orientation(
    _ ax: Double,
    _ ay: Double,
    _ bx: Double,
    _ by: Double,
    _ cx: Double,
    _ cy: Double
) -> Int {
    let left = (ax - cx) * (by - cy)
    let right = (ay - cy) * (bx - cx)
    let determinant = left - right
    // Shewchuk's ccwerrboundA; the addend covers products which underflow.
    let bound = (abs(left) + abs(right)) * 3.330_669_073_875_471_6e-16 + 1e-290
    // An overflow makes the bound infinite or NaN, so both comparisons fail and the exact path decides.
    if determinant > bound { return 1 }
    if -determinant > bound { return -1 }
    return exactOrientation(ax, ay, bx, by, cx, cy)
}

/// The sign of the orientation determinant where the filter cannot tell.
@usableFromInline
@inline(never)
func exactOrientation(
    _ ax: Double,
    _ ay: Double,
    _ bx: Double,
    _ by: Double,
    _ cx: Double,
    _ cy: Double
) -> Int {
    // A difference of doubles is zero only when they are equal, so these products are truly zero.
    if (ax == cx || by == cy) && (ay == cy || bx == cx) { return 0 }
    guard isSafe(ax), isSafe(ay), isSafe(bx), isSafe(by), isSafe(cx), isSafe(cy) else {
        return WideAccumulator.orientation(ax, ay, bx, by, cx, cy)
    }
    let (acx, acxTail) = twoDifference(ax, cx)
    let (acy, acyTail) = twoDifference(ay, cy)
    let (bcx, bcxTail) = twoDifference(bx, cx)
    let (bcy, bcyTail) = twoDifference(by, cy)
    if acxTail == 0, acyTail == 0, bcxTail == 0, bcyTail == 0 {
        let (left, leftTail) = twoProduct(acx, bcy)
        let (right, rightTail) = twoProduct(acy, bcx)
        // Rounding is monotone: unequal leading parts decide; if they are equal, the tails do.
        return left == right ? sign(leftTail - rightTail) : sign(left - right)
    }
    return expansionOrientation(ax, ay, bx, by, cx, cy)
}

/// Sums the six products of the determinant as an exact expansion; its largest component gives the sign.
private func expansionOrientation(
    _ ax: Double,
    _ ay: Double,
    _ bx: Double,
    _ by: Double,
    _ cx: Double,
    _ cy: Double
) -> Int {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 12) { expansion in
        var count = 0
        // Grow-Expansion, Shewchuk figure 6: components stay non-overlapping and increasing in magnitude.
        func add(_ value: Double) {
            var carry = value
            for index in 0..<count {
                let (sum, tail) = twoSum(carry, expansion[index])
                expansion[index] = tail
                carry = sum
            }
            expansion[count] = carry
            count += 1
        }
        func add(_ x: Double, times y: Double) {
            let (product, tail) = twoProduct(x, y)
            add(tail)
            add(product)
        }
        add(ax, times: by)
        add(-ay, times: bx)
        add(bx, times: cy)
        add(-by, times: cx)
        add(cx, times: ay)
        add(-cy, times: ax)
        for index in stride(from: count - 1, through: 0, by: -1) where expansion[index] != 0 {
            return expansion[index] > 0 ? 1 : -1
        }
        return 0
    }
}

/// Whether products of such numbers and their rounding errors neither overflow nor underflow.
private func isSafe(_ value: Double) -> Bool {
    let magnitude = abs(value)
    return magnitude == 0 || (magnitude > 0x1p-400 && magnitude < 0x1p400)
}

private func sign(_ value: Double) -> Int { value > 0 ? 1 : (value < 0 ? -1 : 0) }

private func twoSum(_ a: Double, _ b: Double) -> (Double, Double) {
    let sum = a + b
    let bVirtual = sum - a
    return (sum, (a - (sum - bVirtual)) + (b - bVirtual))
}

private func twoDifference(_ a: Double, _ b: Double) -> (Double, Double) {
    let difference = a - b
    let bVirtual = a - difference
    return (difference, (a - (difference + bVirtual)) + (bVirtual - b))
}

private func twoProduct(_ a: Double, _ b: Double) -> (Double, Double) {
    let product = a * b
    return (product, (-product).addingProduct(a, b))
}
