package io.stagemark.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of OpenMetrics 1.0 by its grammar and rules (section 3.1 and the rules of
 * histograms), and refuses what Prometheus' older format does not know: other types, no label's
 * value across lines.
 */
final class OpenMetricsText {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern META = Pattern.compile("# (TYPE|UNIT|HELP) (\\S+) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{(.*)} (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\\\\\"\\n]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  private final List<Sample> samples = new ArrayList<>();
  private final Set<String> families = new HashSet<>();
  private String family = "";
  private String type = "";

  /** One line. */
  record Sample(String name, Map<String, String> labels, double value) {}

  private OpenMetricsText() {}

  static List<Sample> read(String text) {
    OpenMetricsText reader = new OpenMetricsText();
    assertThat(text).endsWith("# EOF\n").doesNotContain("\r");
    List<String> lines = text.lines().toList();
    assertThat(lines.indexOf("# EOF")).isEqualTo(lines.size() - 1);
    lines.subList(0, lines.size() - 1).forEach(reader::line);
    reader.checkHistograms();
    Set<String> series = new HashSet<>();
    for (Sample sample : reader.samples) {
      assertThat(series.add(sample.name + sample.labels)).as("one sample a series").isTrue();
    }
    return reader.samples;
  }

  private void line(String line) {
    Matcher meta = META.matcher(line);
    if (!line.startsWith("#")) {
      sample(line);
      return;
    }
    assertThat(meta.matches()).as("no other comment: %s", line).isTrue();
    String name = meta.group(2);
    assertThat(name).matches(NAME);
    if (meta.group(1).equals("TYPE")) {
      assertThat(families.add(name)).as("families are not interleaved: %s", name).isTrue();
      family = name;
      type = meta.group(3);
      assertThat(type).isIn("gauge", "histogram");
    }
    assertThat(name).isEqualTo(family);
    if (meta.group(1).equals("UNIT")) {
      assertThat(name).endsWith("_" + meta.group(3));
    }
  }

  private void sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    String name = matcher.group(1);
    if (type.equals("histogram")) {
      assertThat(name).isIn(family + "_bucket", family + "_sum", family + "_count");
    } else {
      assertThat(name).isEqualTo(family);
    }
    assertThat(matcher.group(3)).matches(NUMBER);
    samples.add(new Sample(name, labels(matcher.group(2)), Double.parseDouble(matcher.group(3))));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(text);
    int at = 0;
    while (at < text.length()) {
      assertThat(label.find(at) && label.start() == at).as(text.substring(at)).isTrue();
      assertThat(label.group(1)).doesNotStartWith("__");
      assertThat(labels.put(label.group(1), label.group(2))).isNull();
      at = label.end();
    }
    return labels;
  }

  /** Buckets of a series rise, end with +Inf, and that is the count. */
  private void checkHistograms() {
    Map<Map<String, String>, List<Sample>> buckets = new LinkedHashMap<>();
    for (Sample sample : samples) {
      if (sample.name.endsWith("_bucket")) {
        Map<String, String> series = new LinkedHashMap<>(sample.labels);
        String bound = series.remove("le");
        assertThat(bound).matches("\\d+\\.\\d+|\\+Inf");
        buckets.computeIfAbsent(series, key -> new ArrayList<>()).add(sample);
      }
    }
    buckets.forEach(
        (series, all) -> {
          double bound = -1;
          double count = 0;
          for (Sample bucket : all) {
            String text = bucket.labels.getOrDefault("le", "");
            double next = text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
            assertThat(next).isGreaterThan(bound);
            assertThat(bucket.value).isGreaterThanOrEqualTo(count);
            bound = next;
            count = bucket.value;
          }
          assertThat(bound).isEqualTo(Double.POSITIVE_INFINITY);
          String name = all.get(0).name.replace("_bucket", "");
          assertThat(value(samples, name + "_count", series)).isEqualTo(count);
          assertThat(value(samples, name + "_sum", series)).isNotNegative();
        });
  }

  /** Returns the value of a series that has at least these labels. */
  static double value(List<Sample> samples, String name, Map<String, String> labels) {
    return samples.stream()
        .filter(sample -> sample.name.equals(name))
        .filter(sample -> sample.labels.entrySet().containsAll(labels.entrySet()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + labels))
        .value();
  }
}
