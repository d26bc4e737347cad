package io.stagemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdkTest {
  @TempDir Path folder;

  @Test
  void in_theRunningOne_hasItsVersion() {
    Jdk running = Jdk.running();
    assertThat(Jdk.in(running.home()).orElseThrow().version().feature())
        .isEqualTo(Runtime.version().feature());
    assertThat(running.java()).isExecutable();
    assertThat(running).hasToString("JDK " + Runtime.version());
  }

  @Test
  void in_releaseFile_saysTheVersion() throws Exception {
    write("JAVA_VERSION=\"21.0.2\"\nJAVA_RUNTIME_VERSION=\"21.0.2+13-LTS\"\n");
    assertThat(Jdk.in(folder).orElseThrow()).hasToString("JDK 21.0.2+13-LTS");
    write("IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.15\"\nJAVA_RUNTIME_VERSION=\"of my own\"\n");
    assertThat(Jdk.in(folder).orElseThrow()).hasToString("JDK 17.0.15");
  }

  @Test
  void in_folderThatIsNone_isEmpty() throws Exception {
    assertThat(Jdk.in(folder)).isEmpty();
    assertThat(Jdk.in(folder.resolve("missing"))).isEmpty();
    write("JAVA_VERSION=\"1.8.0_402\"\n"); // of a form that Runtime.Version does not have
    assertThat(Jdk.in(folder)).isEmpty();
    write("\\u00zz");
    assertThat(Jdk.in(folder)).isEmpty();
    write("JAVA_VERSION=\"17.0.15\"\n");
    Files.delete(folder.resolve("bin/java"));
    assertThat(Jdk.in(folder)).isEmpty();
  }

  private void write(String release) throws IOException {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("release"), release);
  }
}
