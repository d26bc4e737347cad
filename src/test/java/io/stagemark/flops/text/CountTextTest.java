package io.stagemark.flops.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.flops.Memory;
import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.Reconciliation;
import io.stagemark.flops.Weights;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a count looks like in each format. */
final class CountTextTest {
  private static final Operations CONV = new Operations(1000, 0, 10, 0, 0);

  private static OperationCount count(long macs, Map<String, Long> uncounted) {
    return new OperationCount(
        "onnx",
        "inference",
        2,
        new Operations(macs, 4, 10, 3, 5),
        900,
        new Weights(8, 32, 2, 4),
        new Memory(100, 60, 517),
        uncounted,
        List.of(),
        List.of(
            new NodeCount(
                "a,\"b\"",
                "Conv",
                1,
                List.of(List.of(2L, 3L)),
                List.of(List.of(2L, 5L)),
                CONV,
                900,
                517,
                "",
                "float32")),
        List.of());
  }

  @Test
  void json_hasEveryKeyOfTheContract() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(
                CountJson.render(
                    "m.onnx", List.of(count(1000, Map.of("X", 1L))), Optional.empty()));

    assertThat(json.fieldNames())
        .toIterable()
        .contains(
            "macs",
            "intMacs",
            "flops",
            "flopsTotal",
            "elementwise",
            "special",
            "comparisons",
            "validMacs",
            "parameters",
            "parameterBytes",
            "activationBytes",
            "peakActivationBytes",
            "bytesMoved",
            "arithmeticIntensity",
            "uncounted",
            "perOp",
            "convention",
            "perImage");
    assertThat(json.get("flops").asLong()).isEqualTo(2000);
    assertThat(json.get("flopsTotal").asLong()).isEqualTo(2013);
    assertThat(json.get("perImage").get("macs").asLong()).isEqualTo(500);
    assertThat(json.get("perImage").get("bytesMoved").asDouble()).isEqualTo(258.5);
    assertThat(json.get("uncounted").get("X").asLong()).isEqualTo(1);
    assertThat(json.get("complete").asBoolean()).isFalse();
    assertThat(json.get("perOp").get(0).get("macs").asLong()).isEqualTo(1000);
  }

  @Test
  void csv_quotesNamesAndEndsWithTheTotal() {
    String[] lines = CountCsv.render(count(1000, Map.of())).split("\n", -1);

    assertThat(lines[0]).startsWith("name,operator,executions,outputs,macs,");
    assertThat(lines[1]).startsWith("\"a,\"\"b\"\"\",Conv,1,2x5,1000,0,2000,2010,10,0,0,900,517");
    assertThat(lines[2]).startsWith("total,,batch of 2,,1000,4,2000,2013").contains("1 MAC = ");
    for (String line : List.of(lines).subList(0, 3)) {
      assertThat(line.replaceAll("\"(\"\"|[^\"])*\"", "").chars().filter(c -> c == ',').count())
          .isEqualTo(13);
    }
  }

  @Test
  void table_fitsAndNamesWhatIsMissing() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String table = CountTable.render("m.onnx", List.of(count(1_234_567, Map.of("X", 3L))), true);

      assertThat(table.lines()).allMatch(line -> line.length() <= 100);
      assertThat(table).contains("1,234,567", "617,283.5", "lower bound: X x3", "1 MAC = ");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void render_countThatStopped_isNotCompleteInAnyFormat() throws IOException {
    OperationCount stopped = count(1000, Map.of()).incomplete("stopped after 7 steps");

    JsonNode json =
        new ObjectMapper().readTree(CountJson.render("m", List.of(stopped), Optional.empty()));
    assertThat(json.path("complete").asBoolean()).isFalse();
    assertThat(json.path("incompleteBecause").path(0).asText()).isEqualTo("stopped after 7 steps");
    assertThat(CountTable.render("m", List.of(stopped), false))
        .contains("NOT COMPLETE: stopped after 7 steps");
    assertThat(CountCsv.render(stopped)).contains("not complete: stopped after 7 steps");
    assertThat(count(1000, Map.of()).complete()).isTrue();
  }

  @Test
  void reconciliation_ofDifferentCounts_namesTheKind() {
    OperationCount first = count(1000, Map.of());
    OperationCount second =
        new OperationCount(
            "torchscript",
            "inference",
            2,
            CONV,
            0,
            first.weights(),
            first.memory(),
            Map.of(),
            List.of(),
            List.of(
                new NodeCount(
                    "c",
                    "Conv",
                    1,
                    List.of(),
                    List.of(),
                    Operations.ofMacs(999),
                    0,
                    0,
                    "",
                    "float32")),
            List.of());

    assertThat(Reconciliation.of(first, first).agrees()).isTrue();
    assertThat(Reconciliation.of(first, second).agrees()).isFalse();
    assertThat(Reconciliation.of(first, second).sentence())
        .contains("DIFFER", "convolution 1000 against 999");
  }
}
