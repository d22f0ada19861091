// How a cell looks. Colours are the terminal's own sixteen, so that they fit the user's theme.

package struct Style: Sendable, Hashable {
    package var color: Color?
    package var bold: Bool
    package var dim: Bool
    package var underline: Bool
    package var inverse: Bool

    package init(
        _ color: Color? = nil, bold: Bool = false, dim: Bool = false, underline: Bool = false, inverse: Bool = false
    ) {
        self.color = color
        self.bold = bold
        self.dim = dim
        self.underline = underline
        self.inverse = inverse
    }

    package static let plain = Style()
    package static let dim = Style(dim: true)
    package static let inverse = Style(inverse: true)

    /// The escape sequence that sets this style, whatever was set before. With `NO_COLOR` the colour is left out.
    func selectGraphicRendition(colored: Bool) -> String {
        var codes = "\u{1B}[0"
        if bold { codes += ";1" }
        if dim { codes += ";2" }
        if underline { codes += ";4" }
        if inverse { codes += ";7" }
        if colored, let color { codes += ";\(color.rawValue)" }
        return codes + "m"
    }
}

/// The foreground colours of SGR, by their code.
package enum Color: UInt8, Sendable, Hashable {
    case black = 30, red, green, yellow, blue, magenta, cyan, white
    case brightBlack = 90, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite
}

/// A style for a range of UTF-8 offsets.
package struct StyledRun: Sendable, Equatable {
    package var range: Range<Int>
    package var style: Style

    package init(_ range: Range<Int>, _ style: Style) {
        self.range = range
        self.style = style
    }
}
