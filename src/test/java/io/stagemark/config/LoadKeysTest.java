package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.LoadSettings.Scenario;
import io.stagemark.data.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadKeysTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "streams", "2",
          "rate", "20",
          "latencyBoundMs", "50",
          "latencyPercent", "95",
          "gapMs", "10");

  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
  }

  // Every scenario with every key: what it needs, what it may have, what it refuses.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "single-stream |                |",
        "multi-stream  |                | streams",
        "offline       |                | streams",
        "server        | rate           | streams",
        "server-search | latencyBoundMs | streams latencyPercent",
        "paced         | gapMs          |",
      })
  void read_scenarioWithEachKey_takesItsOwnAlone(String scenario, String needed, String allowed) {
    String own = needed == null ? "" : ", " + needed + ": " + KEYS.get(needed);
    if (needed != null) {
      assertThat(problems("scenario: " + scenario))
          .contains("measure." + needed + "\n  found:    nothing: the key is missing");
    }
    assertThat(problems("scenario: " + scenario + own)).isEqualTo("none");
    KEYS.forEach(
        (key, value) -> {
          String text = "scenario: " + scenario + own + ", " + key + ": " + value;
          if (key.equals(needed)) {
            return;
          }
          boolean takes = allowed != null && allowed.contains(key);
          if (takes) {
            assertThat(problems(text + ", allowOversubscription: true")).isEqualTo("none");
          } else {
            assertThat(problems(text))
                .contains("a key that scenario " + scenario + " does not use");
          }
        });
  }

  private String problems(String measure) {
    return bed.problems(ConfigBed.GOOD + "measure: {" + measure + "}\n");
  }

  @Test
  void read_keyOfAnotherScenario_namesTheScenariosThatUseIt() {
    assertThat(problems("rate: 20"))
        .isEqualTo(
            """
            run.yaml:9: measure.rate
              found:    a key that scenario single-stream does not use
              expected: one of these scenarios with it: server
              try:      remove this line, or scenario: server
            1 problem; nothing was run.
            """);
  }

  @Test
  void read_streamsBeyondTheCores_areAProblemUnlessAskedForOnPurpose() {
    assertThat(problems("scenario: multi-stream, streams: 5"))
        .contains("found:    5 streams of 1 threads each on a machine of 2 cores");
    assertThat(problems("scenario: multi-stream, streams: 5, allowOversubscription: true"))
        .isEqualTo("none");
  }

  @Test
  void read_totalFromImage_isForSingleStreamAlone() {
    assertThat(problems("scenario: offline, totalFrom: image"))
        .contains("found:    image with scenario offline");
    assertThat(problems("totalFrom: image")).isEqualTo("none");
  }

  @Test
  void read_eachScenario_hasItsDefaults() throws BadInputException {
    assertThat(bed.read(ConfigBed.GOOD).measure().load()).isEqualTo(LoadSettings.singleStream());
    LoadSettings search =
        bed.read(
                ConfigBed.GOOD
                    + "measure: {scenario: server-search, latencyBoundMs: 12.5,"
                    + " latencyPercent: 99.9}\n")
            .measure()
            .load();
    assertThat(search.scenario()).isEqualTo(Scenario.SERVER_SEARCH);
    assertThat(search.streams()).contains(1);
    assertThat(search.latencyBoundMillis()).contains(12.5);
    assertThat(search.latencyPercent()).isEqualTo(99.9);
    assertThat(
            bed.read(ConfigBed.GOOD + "measure: {scenario: offline}\n").measure().load().streams())
        .isEqualTo(Optional.empty());
  }

  @Test
  void parse_processorLists_areSetsOfThem() {
    assertThat(CpuAffinity.parse("0-2,5")).containsExactly(0, 1, 2, 5);
    assertThat(CpuAffinity.parse("3-1")).isEmpty();
  }

  @Test
  void read_processorThatIsNotThere_isAProblem() {
    // on any system: too many processors, no taskset, or no Linux
    assertThat(problems("cpuAffinity: 0-4000")).contains("measure.cpuAffinity").contains("0-4000");
    assertThat(problems("cpuAffinity: all"))
        .contains("expected: processors such as 0-1 or 0,2 (default: every processor)");
  }
}
