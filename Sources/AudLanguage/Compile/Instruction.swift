/// One instruction: eight bytes, so that a program is one flat array that the processor reads ahead.
package struct Instruction: Sendable {
    package var opcode: Opcode
    package var flag: UInt8
    package var a: UInt16
    package var b: UInt16
    package var c: UInt16

    package init(_ opcode: Opcode, flag: UInt8 = 0, a: Int = 0, b: Int = 0, c: Int = 0) {
        self.opcode = opcode
        self.flag = flag
        self.a = UInt16(truncatingIfNeeded: a)
        self.b = UInt16(truncatingIfNeeded: b)
        self.c = UInt16(truncatingIfNeeded: c)
    }

    /// An instruction with one register and a number or offset of 32 bits.
    package init(_ opcode: Opcode, flag: UInt8 = 0, a: Int = 0, wide: Int) {
        self.init(opcode, flag: flag, a: a)
        self.wide = wide
    }

    /// `b` and `c` as one signed number.
    package var wide: Int {
        @inline(__always) get { Int(Int32(bitPattern: UInt32(b) << 16 | UInt32(c))) }
        set {
            let bits = UInt32(bitPattern: Int32(truncatingIfNeeded: newValue))
            b = UInt16(bits >> 16)
            c = UInt16(bits & 0xFFFF)
        }
    }
}
