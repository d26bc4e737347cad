package io.stagemark.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.config.RealCatalog;
import io.stagemark.config.gate.GateReader;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Jdk;
import io.stagemark.result.comparison.Change;
import io.stagemark.testdata.PrunedOnnx;
import io.stagemark.testdata.TwoCheckouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gate says of a pull request before it measures anything. */
final class PullRequestsTest {
  @TempDir Path folder;
  private TwoCheckouts both;

  @BeforeEach
  void write() throws IOException {
    both = TwoCheckouts.in(folder.resolve("repository"), "", "");
  }

  private List<Change> changes() throws Exception {
    try (LiveGate gate = LiveGate.open(new GateReader(RealCatalog.of(folder)).read(both.gate()))) {
      return gate.changes();
    }
  }

  private void assertOne(String what, String baseline, String candidate) throws Exception {
    assertThat(changes()).containsExactly(new Change(what, baseline, candidate));
  }

  @Test
  void changes_nothing_isASelfCheck() throws Exception {
    assertThat(changes()).isEmpty();
  }

  @Test
  void changes_thresholdInPlace_isTheCardsKey() throws Exception {
    both.edit(both.card(), "scoreThreshold: 0.25", "scoreThreshold: 0.6");
    assertOne("model.task.decoder.scoreThreshold", "0.25", "0.6");
  }

  @Test
  void changes_keyOfTheRun_isNamed() throws Exception {
    both.edit(both.pullRequest().resolve("configs/run.yaml"), "threads: [1]", "threads: [2]");
    assertOne("settings.threads", "1", "2");
  }

  // A comment in a card is no change, and neither is a word about its origin.
  @Test
  void changes_wordsForPeople_areNone() throws Exception {
    Files.writeString(
        both.card(), Files.readString(both.card()).replace("title: CenterNet", "title: My net"));
    assertThat(changes()).isEmpty();
  }

  @Test
  void changes_modelFile_isItsDigest() throws Exception {
    byte[] pruned = PrunedOnnx.of(both.model(), tensor -> tensor % 2 == 0);
    both.swapModel(pruned);
    assertThat(changes())
        .singleElement()
        .satisfies(change -> assertThat(change.what()).isEqualTo("model.files.onnx.sha256"))
        .satisfies(change -> assertThat(change.baseline()).startsWith("7808975d").hasSize(64));
    // a file that only says more of itself is another file too
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.write(pruned);
    more.write(new byte[] {0x32, 2, 'h', 'i'}); // doc_string of ModelProto
    both.swapModel(more.toByteArray());
    assertThat(changes()).hasSize(1);
  }

  @Test
  void changes_data_areComparedOnWhatBothHave() throws Exception {
    Path annotations = both.pullRequest().resolve("data/instances.json");
    String truth = Files.readString(annotations);
    Files.writeString(annotations, truth.replaceFirst("\"area\": *", "\"area\": 1"));
    assertThat(changes())
        .singleElement()
        .satisfies(change -> assertThat(change.what()).isEqualTo("data set"))
        .satisfies(
            change ->
                assertThat(change.candidate())
                    .matches("4 examples, changed: \\S+; compared on the 3 that both have"));
  }

  @Test
  void open_nothingInCommon_isRefusedInWords() throws Exception {
    Path data = both.pullRequest().resolve("data");
    String truth = Files.readString(data.resolve("instances.json"));
    Files.writeString(
        data.resolve("instances.json"), truth.replaceAll("\"area\": *", "\"area\": 1"));
    assertThatThrownBy(this::changes)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no example that is the same");
  }

  @Test
  void changes_pluginOfTheOtherCheckout_isAJar() throws Exception {
    Path plugins = Files.createDirectories(both.baseline().resolve("plugins"));
    new io.stagemark.testdata.StrangersJar(folder.resolve("jar")).pack(plugins.resolve("own.jar"));
    assertThat(changes())
        .singleElement()
        .satisfies(change -> assertThat(change.what()).isEqualTo("class path: own.jar"))
        .satisfies(change -> assertThat(change.baseline()).hasSize(12))
        .satisfies(change -> assertThat(change.candidate()).isEmpty());
  }

  // The folder starts this JDK with another word about its version: it answers the check of builds.
  @Test
  void changes_jdkOfASide_isItsVersion() throws Exception {
    Path jdk = folder.resolve("jdk");
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(Jdk.running().java()));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    String version = Runtime.version().feature() + ".0.99+1";
    Files.writeString(jdk.resolve("release"), "JAVA_RUNTIME_VERSION=\"" + version + "\"\n");
    both.edit(
        both.gate(),
        "home: ../../baseline",
        "home: ../../baseline, jdk: '" + jdk.toString().replace("'", "''") + "'");
    assertOne("JDK", "JDK " + version, "JDK " + Runtime.version());
  }

  @Test
  void changes_inGit_nameRevisionsAndBranches() throws Exception {
    Assumptions.assumeTrue(
        git(folder, "--version"), "git is not installed: revisions cannot be tried");
    Path root = both.baseline();
    for (Path checkout : List.of(root, both.pullRequest())) {
      assertThat(git(checkout, "init", "-q", "-b", checkout.equals(root) ? "main" : "faster"))
          .isTrue();
      assertThat(git(checkout, "add", ".")).isTrue();
      assertThat(
              git(
                  checkout,
                  "-c",
                  "user.name=me",
                  "-c",
                  "user.email=me@example.org",
                  "commit",
                  "-q",
                  "-m",
                  "first of " + checkout.getFileName()))
          .isTrue();
    }
    both.edit(both.card(), "scoreThreshold: 0.25", "scoreThreshold: 0.6");
    assertThat(changes()).hasSize(2);
    assertThat(changes().get(0).what()).isEqualTo("revision");
    assertThat(changes().get(0).baseline()).matches("main [0-9a-f]{8}");
    assertThat(changes().get(0).candidate()).matches("faster [0-9a-f]{8} \\+ uncommitted changes");
  }

  private static boolean git(Path folder, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void read_homeThatIsNone_saysWhatItHasToBe() throws Exception {
    both.edit(both.gate(), "../../baseline", "../../elsewhere");
    assertThatThrownBy(this::changes)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no such folder")
        .hasMessageContaining("git worktree add");
    both.edit(both.gate(), "../../elsewhere", "../../baseline");
    Files.delete(both.baseline().resolve("configs/run.yaml"));
    assertThatThrownBy(this::changes)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the run at the same place in the other checkout");
    Files.writeString(both.baseline().resolve("pom.xml"), "<project/>");
    Files.writeString(both.baseline().resolve("stagemark"), "#!/bin/sh\n");
    Files.copy(
        both.pullRequest().resolve("configs/run.yaml"),
        both.baseline().resolve("configs/run.yaml"));
    assertThatThrownBy(this::changes)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is not built");
  }

  // p95 is gated by name, and 60 batches a pair cannot judge it: said before anything is measured.
  @Test
  void read_percentileThatCannotBeJudged_isRefused() throws Exception {
    Files.writeString(
        both.pullRequest().resolve("configs/policy.yaml"), "gate: [total.p50, total.p95]\n");
    Files.writeString(both.gate(), Files.readString(both.gate()) + "policy: policy.yaml\n");
    assertThatThrownBy(this::changes)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(
            "60 batches a pair (blocks x blockBatches), and a policy that gates p95")
        .hasMessageContaining("blocks: 30; or a policy whose gate has no p95");
    Files.writeString(both.gate(), Files.readString(both.gate()) + "pairs: {blocks: 30}\n");
    assertThat(changes()).isEmpty();
  }
}
