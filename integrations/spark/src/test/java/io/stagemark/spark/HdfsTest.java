package io.stagemark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Config, model and data in a real HDFS: a name node and a data node of Hadoop's own. */
final class HdfsTest {
  private static final int EXAMPLES = 4;

  @TempDir Path folder;
  private String err = "";

  private int run(String config, String name, String... more) {
    SparkConf conf =
        new SparkConf()
            .set("spark.master", "local[2]")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.local.dir", folder.resolve("local").toString());
    List<String> all = new ArrayList<>(List.of(config, "--shards", "2"));
    all.addAll(List.of("--parts", folder + "/" + name + "-parts", "--out", folder + "/" + name));
    all.addAll(List.of(more));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(errors, true, StandardCharsets.UTF_8);
    int code = Main.run(conf, out, out, all.toArray(String[]::new));
    err = errors.toString(StandardCharsets.UTF_8);
    return code;
  }

  @Test
  void home_inHdfs_givesTheBitsOfAPath() throws Exception {
    Path config = Photographs.write(folder.resolve("home"), EXAMPLES, "onnxruntime");
    assertThat(run(config.toString(), "plain")).as(err).isZero();
    HomeFiles.copy(
        JavaProcesses.checkout().resolve("models/centernet-mbv3-coco"),
        folder.resolve("home/models/centernet-mbv3-coco"));
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build()) {
      cluster.waitActive();
      put(cluster.getFileSystem(), folder.resolve("home"));
      String home = cluster.getURI() + "/jobs/home";
      assertThat(home).startsWith("hdfs://");

      assertThat(run("configs/job.yaml", "hdfs", "--home", home)).as(err).isZero();

      assertThat(Photographs.scores(folder.resolve("hdfs")))
          .isEqualTo(Photographs.scores(folder.resolve("plain")))
          .contains("coco-ap");
      assertThat(run("configs/job.yaml", "gone", "--home", cluster.getURI() + "/no/such"))
          .isEqualTo(2);
      assertThat(err).contains("/no/such");
      assertThat(Files.exists(folder.resolve("gone"))).isFalse();
      assertThat(run("configs/job.yaml", "gone", "--home", "s3a://bucket/home")).isEqualTo(2);
      assertThat(err).contains("--home s3a://bucket/home", "s3a");
    }
  }

  private static void put(FileSystem files, Path home) throws IOException {
    files.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(home.toUri()), new org.apache.hadoop.fs.Path("/jobs/home"));
  }
}
