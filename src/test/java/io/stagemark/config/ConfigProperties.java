package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a file holds, reading it ends in a config or in problems, never in another exception.
 */
final class ConfigProperties {
  private static ConfigBed bed = bed();

  private static ConfigBed bed() {
    try {
      return new ConfigBed(Files.createTempDirectory("stagemark-config").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeContainer
  static void makeBed() {
    bed = bed();
  }

  @AfterContainer
  static void removeBed() throws IOException {
    try (var files = Files.walk(bed.root())) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void readsOrTells(Path file, List<String> overrides) {
    try {
      assertThat(bed.reader().read(file, overrides).cases()).isNotEmpty();
    } catch (BadInputException e) {
      assertThat(e.problems()).isNotEmpty();
      for (Problem problem : e.problems()) {
        assertThat(problem.where()).isNotBlank();
        assertThat(problem.found()).isNotBlank();
        assertThat(problem.expected()).isNotBlank();
        assertThat(problem.tryThis()).isNotBlank();
      }
    }
  }

  @Property(tries = 100)
  void read_anyBytes_readsOrTells(@ForAll byte[] bytes) throws IOException {
    readsOrTells(Files.write(bed.root().resolve("run.yaml"), bytes), List.of());
  }

  @Property(tries = 300)
  void read_yamlLikeText_readsOrTells(@ForAll("yamlLike") String text) {
    readsOrTells(bed.write("run.yaml", text), List.of());
  }

  /**
   * Text of the tokens that YAML and this reader know, so that many examples get past the parser.
   */
  @Provide
  Arbitrary<String> yamlLike() {
    return Arbitraries.of(
            "name",
            "dataset",
            "cases",
            "measure",
            "score",
            "trials",
            "model",
            "toy",
            "engine",
            "include",
            "images",
            ":",
            ": ",
            "\n",
            "\n  ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "&a ",
            "*a",
            "!!str ",
            "!x ",
            "|\n",
            ">-\n",
            "\"",
            "'",
            "# ",
            "? ",
            "---\n",
            "...\n",
            "~",
            "0",
            "1e9",
            "%YAML 1.2\n",
            "\t",
            "<<: ",
            "\u0000",
            "\uD83D\uDE00",
            "\u2028")
        .list()
        .ofMaxSize(40)
        .map(tokens -> String.join("", tokens));
  }

  @Property(tries = 250)
  void read_goodConfigWithOneValueReplaced_readsOrTells(
      @ForAll("line") int line, @ForAll("value") String value) {
    List<String> lines = ConfigBed.GOOD.lines().toList();
    String replaced =
        lines.get(line).replaceFirst(":.*", ": " + java.util.regex.Matcher.quoteReplacement(value));
    readsOrTells(
        bed.write("run.yaml", ConfigBed.GOOD.replace(lines.get(line), replaced)), List.of());
  }

  @Property(tries = 200)
  void read_goodCardWithOneValueReplaced_readsOrTells(
      @ForAll("cardLine") int line, @ForAll("value") String value) throws IOException {
    List<String> lines = bed.card().lines().toList();
    String replaced =
        lines.get(line).replaceFirst(":.*", ": " + java.util.regex.Matcher.quoteReplacement(value));
    bed.write("models/toy/model.yaml", bed.card().replace(lines.get(line), replaced));
    readsOrTells(bed.write("run.yaml", ConfigBed.GOOD), List.of());
  }

  @Property(tries = 150)
  void read_anyOverride_readsOrTells(@ForAll("override") String override) throws IOException {
    bed.write("models/toy/model.yaml", bed.card());
    readsOrTells(bed.write("run.yaml", ConfigBed.GOOD), List.of(override));
  }

  @Provide
  Arbitrary<Integer> line() {
    return Arbitraries.integers().between(0, (int) ConfigBed.GOOD.lines().count() - 1);
  }

  @Provide
  Arbitrary<Integer> cardLine() {
    return Arbitraries.integers().between(0, (int) ConfigBed.CARD.lines().count() - 1);
  }

  @Provide
  Arbitrary<String> value() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20).map(text -> '"' + escaped(text) + '"'),
        Arbitraries.doubles().map(String::valueOf),
        Arbitraries.longs().map(String::valueOf),
        Arbitraries.of(
            "",
            "~",
            "[]",
            "{}",
            "[[]]",
            "[{}]",
            "{a: b}",
            "[1, [2]]",
            "&x [*x]",
            "&x {a: *x}",
            ".nan",
            ".inf",
            "1_000",
            "0x10",
            "\"a\\0b\"",
            "../../..",
            "/",
            "[toy, toy]",
            "[toy, 1, ~]",
            "{file: \"\\0\"}",
            "{file: .}",
            "[{name: a, type: bool, shape: []}]"));
  }

  @Provide
  Arbitrary<String> override() {
    Arbitrary<String> key =
        Arbitraries.of(
            "name",
            "dataset",
            "dataset.format",
            "dataset.images",
            "dataset.limit",
            "cases",
            "cases.model",
            "cases.threads",
            "cases.include",
            "cases.exclude",
            "measure",
            "measure.trials",
            "measure.minSeconds",
            "engineOptions",
            "engineOptions.onnxruntime",
            "score",
            "reports",
            "output",
            "a.b.c",
            "",
            ".",
            "name.x");
    return key.flatMap(name -> value().map(text -> name + "=" + text));
  }

  private static String escaped(String text) {
    String safe = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return new String(safe.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
