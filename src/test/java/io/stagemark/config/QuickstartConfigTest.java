package io.stagemark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.BadInputException;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.ModelView;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The config and the card that a newcomer runs first. */
final class QuickstartConfigTest {
  private static final Path CONFIG = Path.of("configs", "quickstart.yaml");
  private static final int CORES = 2;

  @TempDir Path reports;

  private RunConfig read() throws BadInputException {
    return new ConfigReader(RealCatalog.of(reports), CORES).read(CONFIG, List.of());
  }

  @Test
  void read_quickstart_hasTwoEnginesOnTheSameModel() throws BadInputException {
    RunConfig config = read();

    assertThat(config.cases().stream().map(CaseSpec::id))
        .containsExactly(
            "centernet-mbv3-coco/onnxruntime/cpu/t2/b1", "centernet-mbv3-coco/pytorch/cpu/t2/b1");
    assertThat(config.output()).isEqualTo(reports.toAbsolutePath().resolve("quickstart"));
    assertThat(config.cases().get(0).settings().options()).containsEntry("allowSpinning", "false");
  }

  @Test
  void read_formerNameOfALoss_isReadAsItsNewName() throws BadInputException {
    RunConfig config =
        new ConfigReader(RealCatalog.of(reports), CORES)
            .read(CONFIG, List.of("score=[coco-ap, focal-seed]"));

    assertThat(config.score()).containsExactly("coco-ap", "focal-unweighted");
  }

  @Test
  void read_formerAndNewNameOfALoss_areOneNameTwice() {
    assertThatThrownBy(
            () ->
                new ConfigReader(RealCatalog.of(reports), CORES)
                    .read(CONFIG, List.of("score=[focal-seed, focal-unweighted]")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("focal-unweighted a second time");
  }

  @Test
  void read_quickstart_opensFourPhotographsWithTruth() throws BadInputException {
    RunConfig config = read();
    ModelCard card = config.cases().get(0).model();
    List<TensorSpec> inputs = card.inputs().stream().map(port -> port.withBatch(1)).toList();

    Dataset dataset =
        Datasets.open(config.dataset(), new ModelView(card.task().labels(), inputs, false));

    assertThat(dataset.examples().stream().map(example -> example.id()))
        .containsExactly("coffee.jpg", "chelsea.jpg", "motorcycle_left.jpg", "astronaut.jpg");
  }
}
