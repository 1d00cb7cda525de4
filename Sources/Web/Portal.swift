/// The product as a whole.
public enum Portal {
    /// The version of the program.
    public static let version = "0.1.0"
}
