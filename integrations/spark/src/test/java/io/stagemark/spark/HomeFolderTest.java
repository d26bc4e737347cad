package io.stagemark.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file system that fails is reported as. */
final class HomeFolderTest {
  @TempDir Path folder;

  /** This machine's files, none of which can be read. */
  public static final class Broken extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("broken:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferBytes)
        throws IOException {
      throw new IOException("connection reset");
    }
  }

  /** A file system whose jar is there and whose libraries are not. */
  public static final class Unlinked extends RawLocalFileSystem {
    @Override
    public void initialize(URI address, Configuration hadoop) {
      throw new NoClassDefFoundError("some/sdk/Client");
    }
  }

  @BeforeEach
  void writeHome() throws IOException {
    Files.createDirectories(folder.resolve("home/configs"));
    Files.writeString(folder.resolve("home/configs/job.yaml"), "name: job");
  }

  private int run(LocalJob job, String scheme, Class<?> files) {
    return job.run(
        Map.of("spark.hadoop.fs." + scheme + ".impl", files.getName()),
        "configs/job.yaml",
        "none",
        "--home",
        scheme + ":" + folder.resolve("home"));
  }

  @Test
  void fileSystem_thatBreaksOff_isAFailure() {
    LocalJob job = new LocalJob(folder);

    assertThat(run(job, "broken", Broken.class)).isEqualTo(3);

    assertThat(job.output()).isEqualTo("stagemark: connection reset" + System.lineSeparator());
  }

  @Test
  void fileSystem_withoutItsJars_isBadInput() {
    LocalJob job = new LocalJob(folder);

    assertThat(run(job, "unlinked", Unlinked.class)).isEqualTo(2);
    assertThat(job.output()).contains("unlinked:", "some/sdk/Client").doesNotContain("\tat ");

    Map<String, String> none = Map.of("spark.hadoop.fs.s3a.impl", "no.such.Store");
    String home = "s3a://bucket/home";
    assertThat(job.run(none, "configs/job.yaml", "none", "--home", home)).isEqualTo(2);
    assertThat(job.output())
        .contains(
            "--home " + home, "a jar is missing", "no.such.Store", "--packages", "hadoop-aws:3.")
        .doesNotContain("\tat ");
  }

  @Test
  void executor_thatCannotReadTheHome_namesItsAddress() {
    String address = folder.toUri().toString().replace("file:", "unlinked:");
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.unlinked.impl", Unlinked.class, FileSystem.class);

    assertThatThrownBy(() -> new HomeFolder(address, false).onExecutor(hadoop, folder))
        .isInstanceOf(UnreadableHomeException.class)
        .hasMessage(address + ": NoClassDefFoundError: some/sdk/Client");
  }
}
