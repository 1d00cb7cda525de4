// Tests of modules that do not use Civic draw reproducible input from it, too.
@_exported public import struct Civic.SplitMix64
