package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchTreeTest {
  @TempDir Path folder;

  @Test
  void delete_linksInTheTree_areDeletedAndNotFollowed() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path kept = Files.writeString(outside.resolve("kept.txt"), "x");
    Path tree = folder.resolve("tree");
    Path inner = Files.createDirectories(tree.resolve("inner"));
    Files.writeString(inner.resolve("file"), "x");
    Files.createSymbolicLink(tree.resolve("link"), outside);

    ScratchTree.delete(tree);

    assertThat(tree).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void delete_aLinkInPlaceOfTheTree_isLeftAlone() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

    ScratchTree.delete(link);
    ScratchTree.delete(folder.resolve("nothing"));

    assertThat(link).exists();
    assertThat(outside).exists();
  }

  @Test
  void javaCommand_parts_areInTheOrderThatJavaReads() {
    assertThat(JavaCommand.of(List.of("-Xmx1m"), "a.jar", String.class, List.of("x y")))
        .endsWith("-Xmx1m", "-classpath", "a.jar", "java.lang.String", "x y")
        .first()
        .isEqualTo(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    assertThat(JavaCommand.ownClassPath()).isNotEmpty();
  }
}
