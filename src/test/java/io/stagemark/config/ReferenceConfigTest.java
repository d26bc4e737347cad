package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.Key.Need;
import io.stagemark.data.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** configs/reference.yaml says of every key what the reader holds it to. */
final class ReferenceConfigTest {
  private static final Path REFERENCE = Path.of("configs", "reference.yaml");

  @TempDir Path reports;

  /** Every key of a run config with its indentation in the reference. */
  record Documented(Key<?> key, String indent) {
    @Override
    public String toString() {
      return key.name();
    }
  }

  static List<Documented> keys() {
    List<Documented> keys = new ArrayList<>();
    RunKeys.ROOT.forEach(key -> keys.add(new Documented(key, "")));
    RunKeys.COCO_KEYS.forEach(key -> keys.add(new Documented(key, "  ")));
    Stream.of(RunKeys.DATASET_KEYS, RunKeys.CASES_KEYS, RunKeys.MEASURE_KEYS)
        .flatMap(List::stream)
        .forEach(key -> keys.add(new Documented(key, "  ")));
    return keys;
  }

  private RunConfig read(String... overrides) throws BadInputException {
    return new ConfigReader(RealCatalog.of(reports), 1).read(REFERENCE, List.of(overrides));
  }

  @Test
  void read_reference_isRight() throws BadInputException {
    assertThat(read().cases())
        .extracting(CaseSpec::id)
        .containsExactly(
            "centernet-mbv3-coco/onnxruntime/cpu/t1/b1", "centernet-mbv3-coco/constant/cpu/t1/b1");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void reference_key_hasItsRangeAndDefaultInTheLineAbove(Documented documented) throws IOException {
    List<String> lines = Files.readAllLines(REFERENCE);
    Pattern line = Pattern.compile(documented.indent() + "(# )?" + documented.key().name() + ":.*");
    int first =
        IntStream.range(0, lines.size())
            .filter(index -> line.matcher(lines.get(index)).matches())
            .findFirst()
            .orElseThrow();
    while (lines.get(first - 1).strip().startsWith("#")) {
      first--;
    }

    assertThat(lines.get(first))
        .isEqualTo(documented.indent() + "# " + documented.key().expected());
  }

  // Two ways to the same settings: the keys of the reference, and a config without them.
  @Test
  void reference_keysWithADefault_standAtTheirDefault() throws BadInputException, IOException {
    assertThat(read("measure={}").measure()).isEqualTo(read().measure());
    List<String> lines = Files.readAllLines(REFERENCE).stream().map(String::strip).toList();
    for (Documented documented : keys()) {
      if (documented.key().need() == Need.DEFAULTED && !documented.key().name().equals("score")) {
        assertThat(lines).contains(documented.key().line());
      }
    }
  }

  @Test
  void reference_lines_areAtMostAHundredColumns() throws IOException {
    // the list of a key's words is the program's own text, which is not broken
    assertThat(Files.readAllLines(REFERENCE))
        .filteredOn(line -> line.length() > 100 && !line.strip().startsWith("# one of: "))
        .isEmpty();
  }
}
