/// The product as a whole.
public enum Portal {
    /// The version of the program.
    public static let version = "0.1.0"
    /// The short number of the contact centre of the akimat of Almaty, dialled from the city's networks.
    static let akimatNumber = "1308"
}
