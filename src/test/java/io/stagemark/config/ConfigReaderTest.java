package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.MeasureSettings.Extras;
import io.stagemark.config.MeasureSettings.Goal;
import io.stagemark.config.MeasureSettings.Limits;
import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.config.MeasureSettings.Warmup;
import io.stagemark.config.MeasureSettings.Window;
import io.stagemark.data.BadInputException;
import io.stagemark.dataset.DatasetSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
  @TempDir Path root;
  private ConfigBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new ConfigBed(root.toRealPath());
  }

  @Test
  void read_requiredKeysAlone_fillsInEveryDefault() throws BadInputException {
    RunConfig config = bed.read(ConfigBed.GOOD);

    assertThat(config.measure())
        .isEqualTo(
            new MeasureSettings(
                3,
                new Goal(Optional.empty(), 30, 10),
                new Warmup(2.0, 5, 20.0),
                new Window(5.0, 64, 100_000, TotalFrom.FILE),
                42,
                new Limits(600, 2048),
                new Extras(false, true, false),
                LoadSettings.singleStream()));
    assertThat(config.cases())
        .extracting(CaseSpec::id)
        .containsExactly("toy/onnxruntime/cpu/t1/b1");
    assertThat(config.score()).isEmpty();
    assertThat(config.reports()).containsExactly("console", "html");
    assertThat(config.output()).isEqualTo(bed.root().resolve("reports/toy-run"));
  }

  @Test
  void read_paths_areAgainstTheConfigsFolder() throws BadInputException {
    RunConfig config = bed.read(ConfigBed.GOOD + "output: elsewhere/out\n");

    assertThat(config.dataset())
        .isEqualTo(
            new DatasetSettings(
                "coco",
                bed.root().resolve("images"),
                Optional.of(bed.root().resolve("images/instances.json")),
                Optional.empty()));
    assertThat(config.output()).isEqualTo(bed.root().resolve("elsewhere/out"));
  }

  @Test
  void read_everyMeasureKey_isTaken() throws BadInputException {
    RunConfig config =
        bed.read(
            ConfigBed.GOOD
                + """
                measure:
                  scenario: single-stream
                  trials: 4
                  precision: 3%
                  maxTrials: 5
                  maxMinutes: 1.5
                  warmupSeconds: 0.5
                  warmupBatches: 6
                  minSeconds: 1e1
                  minBatches: 7
                  maxBatches: 8
                  totalFrom: image
                  seed: 9
                  trialTimeoutSeconds: 100
                  heapMiB: 512
                  operators: true
                """);

    assertThat(config.measure())
        .isEqualTo(
            new MeasureSettings(
                4,
                new Goal(Optional.of(0.03), 5, 1.5),
                new Warmup(0.5, 6, 5.0),
                new Window(10.0, 7, 8, TotalFrom.IMAGE),
                9,
                new Limits(100, 512),
                new Extras(false, true, true),
                LoadSettings.singleStream()));
  }

  @Test
  void read_engineOptions_goOverTheEnginesDefaults() throws BadInputException {
    RunConfig config =
        bed.read(ConfigBed.GOOD + "engineOptions: {onnxruntime: {allowSpinning: true}}");

    assertThat(config.cases().get(0).settings().options()).containsOnlyKeys("allowSpinning");
    assertThat(config.cases().get(0).settings().option("allowSpinning")).isEqualTo("true");
  }

  @Test
  void read_overrides_goOverTheFileAndAddKeys() throws BadInputException {
    RunConfig config =
        bed.read(
            ConfigBed.GOOD + "measure: {trials: 3}\n",
            "measure.trials=5",
            "cases.threads=[1, 2]",
            "name=other",
            "engineOptions.onnxruntime.allowSpinning=true");

    assertThat(config.measure().trials()).isEqualTo(5);
    assertThat(config.cases()).extracting(each -> each.settings().threads()).containsExactly(1, 2);
    assertThat(config.name()).isEqualTo("other");
    assertThat(config.cases().get(0).settings().option("allowSpinning")).isEqualTo("true");
  }

  @Test
  void read_overrideTwice_lastOneHolds() throws BadInputException {
    assertThat(bed.read(ConfigBed.GOOD, "measure.seed=1", "measure.seed=2").measure().seed())
        .isEqualTo(2);
  }

  @Test
  void read_byteOrderMarkAnchorsAndComments_areFine() throws BadInputException {
    RunConfig config =
        bed.read(
            "\uFEFF# a run\n"
                + ConfigBed.GOOD.replace("[toy]", "&m [toy]")
                + "  exclude: []\n  include: [{model: *m, threads: 2}]\n");

    assertThat(config.cases()).hasSize(2);
  }

  @Test
  void read_modelByPath_readsThatCard() throws BadInputException {
    String yaml = ConfigBed.GOOD.replace("[toy]", "[./models/toy/model.yaml]");

    assertThat(bed.read(yaml).cases().get(0).model().name()).isEqualTo("toy");
    assertThat(bed.read(yaml.replace("/model.yaml", "")).cases().get(0).model().name())
        .isEqualTo("toy");
  }

  @Test
  void read_engineWithoutFormat_needsNoFile() throws Exception {
    bed.write("models/toy/model.yaml", bed.card().replace("toy.onnx", "gone.onnx"));

    assertThat(bed.read(ConfigBed.GOOD.replace("onnxruntime", "constant")).cases()).hasSize(1);
  }

  @Test
  void read_moreThreadsThanCores_isFineWhenAllowed() throws BadInputException {
    RunConfig config =
        bed.read(ConfigBed.GOOD, "cases.threads=3", "measure.allowOversubscription=true");

    assertThat(config.cases().get(0).settings().threads()).isEqualTo(3);
  }

  @Test
  void read_imagesWithoutTruth_needNoAnnotations() throws BadInputException {
    RunConfig config =
        bed.read(
            ConfigBed.GOOD
                .replace("coco", "images")
                .replace("  annotations: images/instances.json\n", "  limit: 1\n"));

    assertThat(config.dataset())
        .isEqualTo(
            new DatasetSettings(
                "images", bed.root().resolve("images"), Optional.empty(), Optional.of(1)));
  }

  @Test
  void read_leavesNoTraceInTheOutputFolder() throws BadInputException {
    RunConfig config = bed.read(ConfigBed.GOOD);

    assertThat(config.output()).doesNotExist();
    assertThat(bed.root().toFile().list())
        .containsExactlyInAnyOrder("images", "models", "run.yaml");
  }

  @Test
  void read_aModelFile_isSentToRunOrInit() {
    Path model = bed.root().resolve("models/toy/toy.onnx");
    ConfigReader reader =
        new ConfigReader(
            FakeCatalog.of(bed.root().resolve("models"), bed.root().resolve("reports")));
    assertThatThrownBy(() -> reader.read(model, List.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("found:    a model file")
        .hasMessageContaining("toy.onnx, or ./stagemark init");
  }
}
