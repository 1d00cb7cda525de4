/// Why there is no QR code of a text.
public enum QRCodeError: Error, Equatable {
    /// There is nothing to encode.
    case empty
    /// The text does not fit into the largest code.
    case tooLong
    /// There was no memory.
    case notMade
}
