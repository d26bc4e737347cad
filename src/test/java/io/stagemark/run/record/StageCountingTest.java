package io.stagemark.run.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.Catalog;
import io.stagemark.config.ConfigReader;
import io.stagemark.engine.Engine;
import io.stagemark.flops.OperationCount;
import io.stagemark.result.StageOperations;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations of the stage after the network, of the models that are in the repository. */
final class StageCountingTest {
  @TempDir Path folder;

  private StageOperations postprocess(String config, int index) throws Exception {
    ClassLoader loader = getClass().getClassLoader();
    Catalog catalog =
        new Catalog(
            Registry.discover(Engine.class, loader),
            Registry.discover(Task.class, loader),
            List.of("console", "html", "json", "markdown", "images"),
            Path.of("models").toAbsolutePath(),
            folder);
    CaseSpec spec =
        new ConfigReader(catalog)
            .read(Path.of("configs", config), List.of("output=" + folder.resolve("out")))
            .cases()
            .get(index);
    OperationCount none = OperationCount.uncountable("a test", spec.batch(), "of no interest");
    List<StageOperations> stages = StageCounting.of(spec, none);
    return stages.get(stages.size() - 1);
  }

  // a batch of four with two classes: eight scores, each compared once; no box is decoded
  @Test
  void of_classifierWithDecoderSection_comparesEachScoreOnce() throws Exception {
    StageOperations stage = postprocess("text-orientation.yaml", 1);
    assertThat(stage.note()).isEqualTo("one comparison for each score");
    assertThat(stage.comparisons()).isEqualTo(8);
    assertThat(stage.elementwise()).isZero();
  }

  @Test
  void of_maskWithDecoderSection_comparesEachPixelOnce() throws Exception {
    StageOperations stage = postprocess("text-segmentation.yaml", 0);
    assertThat(stage.note()).isEqualTo("one comparison for each score");
    assertThat(stage.comparisons()).isEqualTo(640 * 640);
    assertThat(stage.elementwise()).isZero();
  }

  // 1000 candidates at most, 8 operations each; every output element is compared
  @Test
  void of_detector_isABoundOfBoxes() throws Exception {
    StageOperations stage = postprocess("quickstart.yaml", 0);
    assertThat(stage.note()).startsWith("an upper bound: ").contains("every pair of them compared");
    assertThat(stage.comparisons()).isGreaterThanOrEqualTo((80 + 4) * 128 * 128);
  }
}
