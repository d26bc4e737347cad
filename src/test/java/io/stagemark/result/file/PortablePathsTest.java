package io.stagemark.result.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's folder is the current one here: no launcher started the tests. */
final class PortablePathsTest {
  private static final Path HOME = Path.of("").toAbsolutePath();

  @TempDir Path folder;

  private PortablePaths paths() {
    return PortablePaths.ofRun(folder.resolve("conf/run.yaml"), folder.resolve("out"));
  }

  @Test
  void of_pathBelowTheProgram_isWrittenFromThere() {
    assertThat(paths().of(HOME.resolve("models/x"))).isEqualTo("models/x");
  }

  @Test
  void of_pathBelowOrBesideTheConfig_isWrittenFromTheConfigsFolder() {
    assertThat(paths().of(folder.resolve("conf/run.yaml"))).isEqualTo("run.yaml");
    assertThat(paths().of(folder.resolve("data/a.png"))).isEqualTo("../data/a.png");
  }

  @Test
  void of_pathThatSharesTheRootAlone_isItsName() {
    assertThat(paths().of(Path.of("/no-such-root/data/coco"))).isEqualTo("coco");
  }

  @Test
  void arguments_pathsThatNoBaseLeadsTo_areTellableApartAndSeenToBeIncomplete() {
    PortablePaths command = PortablePaths.ofCommand();
    Path base = Path.of("/no-such-root/base/out");
    assertThat(command.arguments(base, base)).containsExactly("…/out", "…/out");
    assertThat(command.arguments(base, Path.of("/no-such-root/new/out")))
        .containsExactly("…/base/out", "…/new/out");
    assertThat(command.arguments(HOME.resolve("a b/out"), Path.of("/no-such-root/a/out")))
        .containsExactly("'a b/out'", "…/out");
  }

  @Test
  void arguments_onePathSpelledTwoWays_end() {
    assertThat(PortablePaths.ofCommand().arguments(Path.of("a/../b"), HOME.resolve("b")))
        .containsExactly("a/../b", "b");
  }

  @Test
  void of_relativePath_stays() {
    assertThat(paths().of(Path.of("configs/quickstart.yaml"))).isEqualTo("configs/quickstart.yaml");
  }

  @Test
  void text_messageWithKnownFolders_keepsTheFilesNames() {
    String message =
        "cannot read " + folder.resolve("out/x.npy") + ": see file://" + HOME.resolve("models/m");
    // the output is known by its name, the program's folder is where paths start
    assertThat(paths().text(message)).isEqualTo("cannot read out/x.npy: see models/m");
  }

  @Test
  void text_messageThatEndsWithAFolder_keepsTheFoldersName() {
    assertThat(paths().text("no space in " + folder.resolve("out"))).isEqualTo("no space in out");
  }

  @Test
  void text_folderWhoseNameOnlyBeginsAlike_isNotMistakenForIt() {
    String text = paths().text("see " + folder.resolve("out-2/x"));
    assertThat(text).doesNotContain(folder.toString()).endsWith("out-2/x");
  }

  @Test
  void text_fileOfAnUnknownFolder_isItsName() throws Exception {
    Path real = Files.createFile(folder.resolve("libfoo.so"));
    PortablePaths elsewhere = PortablePaths.ofCommand();
    assertThat(elsewhere.text("cannot load " + real + ": bad"))
        .doesNotContain(folder.toString())
        .contains("libfoo.so: bad");
    assertThat(elsewhere.text("Load of /etc/passwd failed")).isEqualTo("Load of passwd failed");
  }

  @Test
  void text_nodesOfAGraphAndFractions_stay() {
    String text = "node /model.0/conv/Conv of 3/4 in ms/batch, see https://x.org/usr/lib";
    assertThat(paths().text(text)).isEqualTo(text);
  }

  @Test
  void tree_addressesOfFiles_arePaths() {
    Map<String, Object> tree =
        Map.of("model", List.of(Map.of("file", HOME.resolve("models/a b").toUri().toString())));
    assertThat(paths().tree(tree))
        .isEqualTo(Map.of("model", List.of(Map.of("file", "models/a b"))));
  }

  @Test
  void tree_thatWasMapped_stays() {
    Map<String, Object> tree = Map.of("path", folder.resolve("data").toUri().toString(), "n", 1);
    Map<String, Object> once = paths().tree(tree);
    assertThat(once).isEqualTo(Map.of("path", "../data", "n", 1));
    assertThat(paths().tree(once)).isEqualTo(once);
  }

  @Test
  void setting_absoluteValue_isWrittenFromTheConfigsFolder() {
    assertThat(paths().setting("output=" + folder.resolve("out"))).isEqualTo("output=../out");
    assertThat(paths().setting("measure.trials=5")).isEqualTo("measure.trials=5");
  }

  @Test
  void from_fileNearTheRun_isFoundAgainFromItsFolder() throws Exception {
    Path picture = Files.createFile(folder.resolve("a.png"));
    String stored = PortablePaths.from(folder.resolve("out"), picture.toString());
    assertThat(stored).isEqualTo("../a.png");
    assertThat(PortablePaths.resolved(folder.resolve("out"), stored)).isEqualTo(picture.toString());
  }

  @Test
  void from_fileOfTheProgram_isFoundAgain() {
    Path own = HOME.resolve("configs/reference.yaml");
    String stored = PortablePaths.from(Path.of("/no-such-root/out"), own.toString());
    assertThat(stored).isEqualTo("configs/reference.yaml");
    assertThat(PortablePaths.resolved(Path.of("/no-such-root/out"), stored))
        .isEqualTo(own.toString());
  }

  @Test
  void resolved_absoluteFileOfAnOlderRun_stays() throws Exception {
    Path picture = Files.createFile(folder.resolve("a.png"));
    assertThat(PortablePaths.resolved(Path.of("reports/x"), picture.toString()))
        .isEqualTo(picture.toString());
  }
}
