package io.stagemark.dataset.coco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outlines and runs as COCO files have them. */
final class CocoSegmentationTest {
  private static Optional<CocoSegmentation> of(String json) throws JsonProcessingException {
    return CocoSegmentation.of(new ObjectMapper().readTree(json));
  }

  @Test
  void of_polygons_keepsTheirNumbers() throws Exception {
    assertThat(of("[[1, 2, 3.5, 4, 5, 6]]").orElseThrow().polygons().get(0))
        .containsExactly(1.0, 2.0, 3.5, 4.0, 5.0, 6.0);
  }

  @Test
  void of_listOfCounts_isTaken() throws Exception {
    assertThat(of("{\"size\": [3, 4], \"counts\": [5, 7]}").orElseThrow().counts())
        .containsExactly(5, 7);
  }

  // 7, 2, 4 as they are; 2, 4, 2 less those two before are 0; 15 less 4 is 11, character 48 + 11
  @Test
  void of_text_isDifferencesFromTheFourthNumberOn() throws Exception {
    assertThat(of("{\"size\": [6, 6], \"counts\": \"724000;\"}").orElseThrow().counts())
        .containsExactly(7, 2, 4, 2, 4, 2, 15);
  }

  // 100 is 3·32 + 4: 48 + 32 + 4 = T, then 3; 50 less 100 is -50 = -2·32 + 14: 48 + 32 + 14 = ^,
  // then -2, in five bits 30, with its sign: 48 + 30 = N
  @Test
  void of_text_hasNumbersOfMoreThanFiveBitsAndBelowZero() throws Exception {
    assertThat(of("{\"size\": [9, 17], \"counts\": \"0T33^N\"}").orElseThrow().counts())
        .containsExactly(0, 100, 3, 50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[[1, 2, 3, 4]]",
        "[[1, 2, 3, 4, 5, 6, 7]]",
        "[[1, 2, 3, 4, 5, 1e9]]",
        "[[1, 2, 3, 4, 5, \"6\"]]",
        "[1, 2, 3, 4, 5, 6]",
        "{}",
        "{\"size\": [3, 4], \"counts\": [5, 8]}",
        "{\"size\": [3, 4], \"counts\": [-5, 17]}",
        "{\"size\": [0, 4], \"counts\": []}",
        "{\"size\": [6, 6], \"counts\": \"724000\"}",
        "{\"size\": [6, 6], \"counts\": \"7240\\n\"}",
        "{\"size\": [6, 6], \"counts\": \"TTTTTTTTTTTTTTTTTTTTTTTTT\"}",
        "{\"size\": [99999, 99999], \"counts\": [2147483647]}",
        "7"
      })
  void of_anythingElse_isNone(String json) throws Exception {
    assertThat(of(json)).isEmpty();
  }
}
