package io.stagemark.config.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.RealCatalog;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Jdk;
import io.stagemark.data.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateReaderTest {
  @TempDir Path folder;

  @Test
  void read_exampleInTheRepository_isRight() throws Exception {
    GateConfig gate =
        new GateReader(RealCatalog.of(folder)).read(Path.of("configs", "gate-example.yaml"));
    assertThat(gate.baseline().config().cases()).hasSize(1);
    assertThat(gate.pairs()).isEqualTo(new GateConfig.Pairs(6, 15, 3, 20, true, true));
    assertThat(gate.policy()).isEqualTo(PolicyReader.byDefault());
    assertThat(gate.inject()).isEmpty();
  }

  @Test
  void read_sides_haveTheirOwnSettingsAndClassPath() throws Exception {
    Path listed = Files.writeString(folder.resolve("cp.txt"), "/a.jar:/b.jar\n");
    Path file =
        Files.writeString(
            folder.resolve("gate.yaml"),
            """
            name: own
            run: %s
            candidate: {set: [cases.threads=1, measure.heapMiB=512], classPath: [%s]}
            inject: {stage: forward, percent: 5}
            """
                .formatted(Path.of("configs", "voice-activity.yaml").toAbsolutePath(), listed));
    GateConfig gate = new GateReader(RealCatalog.of(folder)).read(file);
    assertThat(gate.candidate().config().measure().limits().heapMiB()).isEqualTo(512);
    assertThat(gate.candidate().classPath()).containsExactly(Path.of("/a.jar"), Path.of("/b.jar"));
    assertThat(gate.baseline().config().measure().limits().heapMiB()).isEqualTo(2048);
    assertThat(gate.baseline().classPath()).isEmpty();
    assertThat(gate.inject()).contains(new GateConfig.Inject(Stage.FORWARD, 5));
  }

  @Test
  void read_jdkOfASide_isAFolderOfOne() throws Exception {
    Path home = Jdk.running().home();
    assertThat(withJdk(home.toString()).candidate().jdk().orElseThrow().home()).isEqualTo(home);
    assertThat(withJdk(home.toString()).baseline().jdk()).isEmpty();
    assertThatThrownBy(() -> withJdk(folder.toString()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("candidate.jdk")
        .hasMessageContaining(": no JDK")
        .hasMessageContaining("the folder of a JDK of 17 or newer");
  }

  private GateConfig withJdk(String home) throws Exception {
    Path run = Path.of("configs", "voice-activity.yaml").toAbsolutePath();
    String text = "name: own\nrun: %s\ncandidate: {jdk: '%s'}\n".formatted(run, home);
    return new GateReader(RealCatalog.of(folder))
        .read(Files.writeString(folder.resolve("jdk.yaml"), text));
  }

  @Test
  void read_runOfTwoCases_isRefused() throws Exception {
    assertThatThrownBy(() -> GateConfigs.twice(Path.of("configs", "quickstart.yaml"), folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("2 cases")
        .hasMessageContaining("one case a side");
  }
}
