package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not there, no YAML, or hostile. */
final class YamlProblemsTest {
  private static final String EXPECTED = "  expected: YAML 1.2 (UTF-8, indented with spaces)\n";

  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
  }

  @Test
  void read_missingFile_suggestsTheNearestName() {
    bed.write("quickstart.yaml", "");
    assertThat(bed.problemsOf(bed.root().resolve("quikstart.yaml")))
        .isEqualTo(
            """
            quikstart.yaml
              found:    no such file
              expected: a run config (YAML; configs/reference.yaml has every key)
              try:      ./stagemark run quickstart.yaml
            1 problem; nothing was run.
            """);
    assertThat(bed.problemsOf(bed.root().resolve("elsewhere/none.yaml")))
        .endsWith(
            "try:      ./stagemark run configs/quickstart.yaml\n1 problem; nothing was run.\n");
  }

  @Test
  void read_folder_isNoFile() {
    assertThat(bed.problemsOf(bed.root().resolve("images")))
        .startsWith("images\n  found:    a folder\n");
  }

  @Test
  void read_bytesThatAreNotUtf8_isAProblem() throws IOException {
    Path file = bed.root().resolve("latin.yaml");
    Files.write(file, "name: käse\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(bed.problemsOf(file))
        .isEqualTo(
            "latin.yaml:1\n  found:    the byte 0xE4 at offset 7, which is not UTF-8 (Latin-1 text?)\n"
                + EXPECTED
                + "  try:      save the file as UTF-8\n1 problem; nothing was run.\n");
  }

  @Test
  void read_fileOverTheLimit_isRefusedUnread() throws IOException {
    Path file = bed.root().resolve("large.yaml");
    Files.write(file, new byte[(4 << 20) + 1]);
    assertThat(bed.problemsOf(file)).startsWith("large.yaml\n  found:    more than 4 MiB\n");
  }

  @Test
  void read_emptyFile_isAProblem() {
    for (String empty : new String[] {"", "\n\n", "# a comment\n"}) {
      assertThat(bed.problems(empty))
          .isEqualTo(
              "run.yaml\n  found:    nothing: it is empty\n"
                  + EXPECTED
                  + "  try:      name: quickstart\n1 problem; nothing was run.\n");
    }
  }

  @Test
  void read_noSectionAtTheTop_isAProblem() {
    assertThat(bed.problems("- a\n- b\n"))
        .isEqualTo(
            """
            run.yaml:1
              found:    a list
              expected: a section of keys
              try:      name: quickstart
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_brokenSyntax_namesTheLine() {
    assertThat(bed.problems("name: toy\nmeasure: {trials: 3\nscore: []\n"))
        .startsWith(
            """
            run.yaml:3
              found:    while parsing a flow mapping in line 2: expected ',' or '}', but got :
            """);
    assertThat(bed.problems("name: a\ndataset:\n\tformat: coco\n"))
        .startsWith(
            """
            run.yaml:3
              found:    while scanning for the next token: found character '\\t(TAB)' that cannot start any token.\
             (Do not use \\t(TAB) for indentation)
            """);
    assertThat(bed.problems("name: a\nscore: *nowhere\n"))
        .startsWith("run.yaml:2\n  found:    found undefined alias nowhere\n");
    assertThat(bed.problems("name: a\n---\nname: b\n"))
        .startsWith("run.yaml:2\n  found:    expected a single document in the stream in line 1: ");
  }

  @Test
  void read_controlCharacter_namesTheLine() {
    assertThat(bed.problems("name: a\nscore: \u0007\n"))
        .startsWith("run.yaml:2\n  found:    a control character, U+0007\n");
  }

  @Test
  void read_keyTwice_namesBothLines() {
    assertThat(bed.problems(ConfigBed.GOOD + "name: again\n"))
        .isEqualTo(
            """
            run.yaml:9: name
              found:    the key a second time
              expected: once; it is already in line 1
              try:      remove one of the two lines
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_tags_areNoValues() {
    assertThat(bed.problems(ConfigBed.GOOD.replace("toy-run", "!!java.net.URL x")))
        .startsWith("run.yaml:1: name\n  found:    !!java.net.URL x\n");
    assertThat(bed.problems(ConfigBed.GOOD + "measure: {trials: !!float 3, seed: \"4\"}\n"))
        .contains("run.yaml:9: measure.seed\n  found:    \"4\"\n")
        .endsWith("1 problem; nothing was run.\n");
  }

  @Test
  void read_tenThousandBrackets_areRefusedBeforeTheStackOverflows() {
    assertThat(bed.problems("name: " + "[".repeat(10_000)))
        .startsWith("run.yaml:1\n  found:    lists or sections more than 50 deep\n");
  }

  // Nine levels of nine aliases each: a reader that expands them makes 9^9 nodes.
  @Test
  void read_billionLaughs_costsItsSize() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 10; i++) {
      String nine = ("*a" + (i - 1) + ", ").repeat(9);
      yaml.append("a%s: &a%s [%s]\n".formatted(i, i, nine.substring(0, nine.length() - 2)));
    }
    yaml.append("name: *a9\nscore: *a9\n");
    assertThat(bed.problems(yaml.toString()))
        .startsWith("run.yaml\n  found:    Number of aliases for non-scalar nodes exceeds the");
  }

  // "zz0: 1" and on, 4 MiB in all: the first 20 of them, and how many more there are
  @Test
  void read_fileOfUnknownKeys_showsTwentyAndCountsTheOthers() {
    StringBuilder yaml = new StringBuilder(ConfigBed.GOOD);
    int keys = 0;
    while (yaml.length() < (4 << 20) - 20) {
      yaml.append("zz%d: 1\n".formatted(keys++));
    }
    String problems = bed.problems(yaml.toString());
    assertThat(problems)
        .startsWith("run.yaml:9: zz0\n  found:    unknown key\n")
        .contains("run.yaml:28: zz19\n")
        .doesNotContain("zz20\n")
        .contains("  found:    and %d more\n".formatted(keys - 20))
        .endsWith("21 problems; nothing was run.\n");
  }

  @Test
  void read_overrideOfManyParts_isRefused() {
    assertThat(bed.problems(ConfigBed.GOOD, "a.".repeat(9000) + "b=1"))
        .contains("  found:    a key of 9001 parts\n  expected: a key of at most 50 parts\n");
    assertThat(bed.problems(ConfigBed.GOOD, "a.".repeat(49) + "b=1"))
        .contains("  found:    unknown key\n")
        .endsWith("1 problem; nothing was run.\n");
  }

  // 200 characters are shown whole, of more the first 100
  @Test
  void read_keyAsLongAsTheFile_isShownCut() {
    assertThat(bed.problems(ConfigBed.GOOD + "x".repeat(200) + ": 1\n"))
        .startsWith("run.yaml:9: " + "x".repeat(200) + "\n");
    assertThat(bed.problems(ConfigBed.GOOD + "x".repeat(201) + ": 1\n"))
        .startsWith("run.yaml:9: " + "x".repeat(100) + "…\n");
    assertThat(bed.problems(ConfigBed.GOOD, "x".repeat(100_000) + "=1")).hasSizeLessThan(1000);
  }

  @Test
  void read_utf16WithItsMarkAndOldLineEnds_areRead() throws Exception {
    Path file = bed.root().resolve("run.yaml");
    Files.writeString(file, "\uFEFF" + ConfigBed.GOOD, StandardCharsets.UTF_16BE);
    assertThat(bed.problemsOf(file)).isEqualTo("none");
    Files.writeString(file, ConfigBed.GOOD.replace("\n", "\r"));
    assertThat(bed.problemsOf(file)).isEqualTo("none");
    Files.writeString(file, ConfigBed.GOOD, StandardCharsets.UTF_16BE);
    assertThat(bed.problemsOf(file))
        .startsWith("run.yaml:1\n  found:    UTF-16 text without a byte-order mark\n");
  }

  @Test
  void read_listThatHoldsItself_isAProblem() {
    assertThat(bed.problems(ConfigBed.GOOD + "score: &s [*s]\n"))
        .startsWith("run.yaml:9: score[0]\n  found:    a list\n");
  }
}
