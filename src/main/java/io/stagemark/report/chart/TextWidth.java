package io.stagemark.report.chart;

/**
 * How wide text is in a sans-serif font, estimated from above, by DejaVu Sans, which is wide: a
 * browser's own font is not known.
 */
public final class TextWidth {
  private static final String NARROW = "iljtfr.,:;'|!()[]{} I1";
  private static final String WIDE = "mwMWOQGCD@%&";
  private static final int WIDE_FROM = 0x1100; // Hangul, CJK, most symbols

  private TextWidth() {}

  /**
   * Returns the width in px.
   *
   * @param sizePx of the font
   */
  public static double of(String text, double sizePx) {
    return text.codePoints().mapToDouble(TextWidth::em).sum() * sizePx;
  }

  private static double em(int c) {
    if (c >= WIDE_FROM && (c < 0x2000 || c > 0x22FF)) {
      return 1.05;
    }
    if (NARROW.indexOf(c) >= 0) {
      return 0.42;
    }
    return WIDE.indexOf(c) >= 0 ? 0.98 : Character.isUpperCase(c) ? 0.75 : 0.64;
  }

  /** Returns the text, cut with {@code …} in its middle where it is wider than so many px. */
  public static String shortened(String text, double sizePx, double mostPx) {
    if (of(text, sizePx) <= mostPx) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    for (int kept = points.length - 1; kept > 1; kept--) {
      int head = (kept + 1) / 2;
      String cut =
          new String(points, 0, head)
              + "…"
              + new String(points, points.length - (kept - head), kept - head);
      if (of(cut, sizePx) <= mostPx) {
        return cut;
      }
    }
    return "…";
  }
}
