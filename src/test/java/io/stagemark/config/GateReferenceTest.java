package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.Key.Need;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.config.gate.GateConfigs;
import io.stagemark.config.gate.GateKeys;
import io.stagemark.config.gate.GateReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** configs/gate-reference.yaml says of every key what the reader holds it to. */
final class GateReferenceTest {
  private static final Path REFERENCE = Path.of("configs", "gate-reference.yaml");

  @TempDir Path folder;

  @Test
  void read_reference_isTheGateOfNoKeysButForWarmUp() throws Exception {
    GateConfig reference = new GateReader(RealCatalog.of(folder)).read(REFERENCE);
    GateConfig bare = GateConfigs.twice(Path.of("configs", "voice-activity.yaml"), folder);
    assertThat(reference.pairs()).isEqualTo(bare.pairs());
    assertThat(reference.policy()).isEqualTo(bare.policy());
    assertThat(reference.inject()).isEqualTo(bare.inject());
    assertThat(reference.baseline().classPath()).isEqualTo(bare.baseline().classPath());
  }

  @Test
  void reference_key_hasItsRangeAndDefaultAboveIt() throws Exception {
    List<String> lines = Files.readAllLines(REFERENCE);
    GateKeys.ROOT.forEach(key -> assertDocumented(lines, key, ""));
    Stream.of(GateKeys.SIDE_KEYS, GateKeys.PAIRS_KEYS, GateKeys.INJECT_KEYS)
        .flatMap(List::stream)
        .forEach(key -> assertDocumented(lines, key, "  "));
  }

  private static void assertDocumented(List<String> lines, Key<?> key, String indent) {
    int at = 0;
    while (!lines.get(at).matches(indent + "(# )?" + key.name() + ":.*")) {
      at++;
    }
    String line = lines.get(at).strip();
    List<String> above = new ArrayList<>();
    for (at--; lines.get(at).startsWith(indent + "#"); at--) {
      above.add(lines.get(at));
    }
    assertThat(above).as(key.name()).contains(indent + "# " + key.expected());
    if (key.need() == Need.DEFAULTED && !key.name().equals("set")) {
      assertThat(line).isEqualTo(key.line());
    }
  }
}
