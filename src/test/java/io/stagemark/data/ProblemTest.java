package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProblemTest {
  // a table may name a file of megabytes
  @Test
  void toString_textOfMegabytes_showsItsTwoEnds() {
    String name = "begin" + "x".repeat(3_000_000) + "end";

    String text = new Problem(name, name, name, name).toString();

    assertThat(text).hasSizeLessThan(8000).contains("begin").contains("end\n");
    assertThat(text.lines()).hasSize(4);
  }

  @Test
  void toString_textAtTheLimit_isWhole() {
    String name = "x".repeat(2000);

    assertThat(new Problem(name, "", "", "").toString()).contains(name).doesNotContain("…");
    assertThat(new Problem(name + "x", "", "", "").toString()).contains("…");
  }
}
