package io.stagemark.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.report.chart.XyChart.Axis;
import io.stagemark.report.chart.XyChart.Line;
import io.stagemark.report.chart.XyChart.Point;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every chart is well-formed XML whose marks are where their numbers say. */
final class ChartsTest {
  private static final String HOSTILE =
      "<script>alert(1)</script>|\u001b[31m\u202e\"'&" + "x".repeat(300);

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  private static List<Element> all(Element root, String name, String style) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = root.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      Element each = (Element) nodes.item(i);
      if (List.of(each.getAttribute("class").split(" ")).contains(style)) {
        found.add(each);
      }
    }
    return found;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static String bars(String label, double width) {
    BarChart.Segment decode = new BarChart.Segment("s-decode", 0, 10, "10", "d", Map.of());
    BarChart.Segment forward =
        new BarChart.Segment("s-forward", 10, 40, "30", "f", Map.of("ms", "30.0"));
    return BarChart.svg(
        new ChartTitle("bars", "Title", "Description"),
        width,
        "ms",
        Map.of("s-forward", "forward"),
        List.of(
            new BarChart.Row(
                label,
                List.of(decode, forward),
                Optional.of(new BarChart.Whisker(40, 35, 50, "w")),
                "40"),
            new BarChart.Row("none", List.of(), Optional.empty(), "–")));
  }

  // decode is 10 ms and forward 30 ms: forward is three times as wide and begins where decode ends.
  @ParameterizedTest
  @ValueSource(doubles = {340, 960})
  void bars_twoSegments_areAsWideAsTheirNumbers(double width) throws Exception {
    Element svg = parsed(bars("case", width));
    Element decode = all(svg, "rect", "s-decode").get(0);
    Element forward =
        all(svg, "rect", "s-forward").stream()
            .filter(each -> each.hasAttribute("data-ms"))
            .findFirst()
            .orElseThrow();
    double tenMillis = number(decode, "width");
    assertThat(number(forward, "width"))
        .isCloseTo(3 * tenMillis, org.assertj.core.api.Assertions.within(0.1));
    assertThat(number(forward, "x"))
        .isCloseTo(number(decode, "x") + tenMillis, org.assertj.core.api.Assertions.within(0.1));
  }

  @Test
  void svg_always_saysWhatItShowsToWhoCannotSeeIt() throws Exception {
    Element svg = parsed(bars("case", 960));
    assertThat(svg.getAttribute("role")).isEqualTo("img");
    assertThat(svg.getAttribute("aria-labelledby")).isEqualTo("bars-t bars-d");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Title");
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo("Description");
  }

  @ParameterizedTest
  @ValueSource(doubles = {340, 960})
  void charts_hostileNames_areTextInThePicture(double width) throws Exception {
    ChartTitle title = new ChartTitle("t", HOSTILE, HOSTILE);
    DotRows.Row row =
        new DotRows.Row(
            HOSTILE,
            0,
            List.of(new DotRows.Dot(1, HOSTILE, Map.of("case", HOSTILE))),
            Optional.of(new DotRows.Span(1, 0.5, 2, HOSTILE)),
            "±?");
    String dots =
        DotRows.svg(
            title,
            width,
            new DotRows.Axis(
                HOSTILE, Scale.Kind.LINEAR, OptionalDouble.of(0), OptionalDouble.of(0.1)),
            List.of(row));
    String series =
        SeriesChart.svg(
            title,
            width,
            new SeriesChart.Content(
                HOSTILE,
                1,
                List.of(
                    new SeriesChart.Stretch(
                        HOSTILE, Envelope.of(new long[] {1, 2, 3}, 2), List.of(1))),
                List.of(
                    new SeriesChart.Lane(
                        HOSTILE, "e-gc", true, List.of(new SeriesChart.Range(0, 2))))));
    for (String svg : List.of(bars(HOSTILE, width), dots, series, xy(HOSTILE, width))) {
      assertThat(svg).doesNotContain("<script", "\u001b", "\u202e");
      for (Element text : all(parsed(svg), "text", "label")) {
        double size = TextWidth.of(text.getTextContent(), 12);
        assertThat(size).as(text.getTextContent()).isLessThanOrEqualTo(width);
      }
    }
  }

  private static Point point(double x, double y, String label) {
    return new Point(
        x, y, OptionalDouble.of(y - 1), OptionalDouble.of(y + 1), label, "title", Map.of());
  }

  private static String xy(String name, double width) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(point(50 + i * 0.2, 20 + i * 0.1, name + i));
    }
    points.add(point(200, 80, name));
    return XyChart.svg(
        new ChartTitle("xy", "t", "d"),
        width,
        new XyChart.Content(
            Axis.fitting(name, Scale.Kind.LOG),
            Axis.fitting(name, Scale.Kind.LINEAR),
            List.of(new XyChart.Series(name, 0, Line.NONE, points)),
            List.of(
                new XyChart.Rule(true, 100, name, "absent"),
                new XyChart.Rule(false, 50, name, "bound"))));
  }

  // Twelve points within a few px: not all of their labels find a place.
  @ParameterizedTest
  @ValueSource(doubles = {340, 960})
  void xy_crowdedPoints_labelsNeitherCoverEachOtherNorLeave(double width) throws Exception {
    Element svg = parsed(xy("point ", width));
    List<Area> placed = new ArrayList<>();
    for (Element text : all(svg, "text", "label")) {
      double size = TextWidth.of(text.getTextContent(), 12);
      Area area = new Area(number(text, "x"), number(text, "y") - 12, size, 15);
      assertThat(area.left()).isGreaterThanOrEqualTo(0);
      assertThat(area.right()).isLessThanOrEqualTo(width + 0.01);
      assertThat(placed).noneMatch(area::overlaps);
      placed.add(area);
    }
    assertThat(placed).hasSizeBetween(2, 12);
  }

  // (1, 5) is faster than (2, 4) and better; (3, 9) is slower and better.
  @Test
  void front_pointsThatAreBeaten_areLeftOut() {
    List<Point> points = List.of(point(2, 4, "b"), point(1, 5, "a"), point(3, 9, "c"));
    assertThat(XyChart.front(points, true)).extracting(Point::label).containsExactly("a", "c");
    assertThat(XyChart.front(points, false)).extracting(Point::label).containsExactly("a", "b");
  }

  @Test
  void shortened_longerThanItsRoom_isCutInTheMiddle() {
    String cut = TextWidth.shortened("abcdefghijklmnopqrstuvwxyz", 10, 60);
    assertThat(cut).startsWith("a").contains("…").endsWith("z");
    assertThat(TextWidth.of(cut, 10)).isLessThanOrEqualTo(60);
    assertThat(TextWidth.shortened("abc", 10, 60)).isEqualTo("abc");
  }

  @Test
  void number_always_hasTwoDecimalsAtMost() {
    assertThat(Svg.number(1.0)).isEqualTo("1");
    assertThat(Svg.number(1.005)).isIn("1", "1.01", "1.00");
    assertThat(Svg.number(12.3456)).isEqualTo("12.35");
    assertThat(Svg.number(-0.5)).isEqualTo("-0.5");
  }
}
