package io.stagemark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Config, model and data in a real HDFS: a name node and a data node of Hadoop's own. */
final class HdfsTest {
  private static final int EXAMPLES = 4;

  @TempDir Path folder;

  @Test
  void home_inHdfs_givesTheBitsOfAPath() throws Exception {
    LocalJob job = new LocalJob(folder);
    Path config = job.writeHome(EXAMPLES);
    assertThat(job.run(Map.of(), config.toString(), "plain")).as(job.output()).isZero();
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    try (MiniDFSCluster cluster = new MiniDFSCluster.Builder(hadoop).numDataNodes(1).build()) {
      cluster.waitActive();
      HomeFiles.put(folder.resolve("home"), cluster.getFileSystem(), "/jobs/home");
      String home = cluster.getURI() + "/jobs/home";
      assertThat(home).startsWith("hdfs://");

      assertThat(job.run(Map.of(), "configs/job.yaml", "hdfs", "--home", home))
          .as(job.output())
          .isZero();

      assertThat(job.scores("hdfs")).isEqualTo(job.scores("plain")).contains("coco-ap");
      String gone = cluster.getURI() + "/no/such";
      assertThat(job.run(Map.of(), "configs/job.yaml", "gone", "--home", gone)).isEqualTo(2);
      assertThat(job.output()).contains("--home " + gone, "no such folder or file");
      assertThat(Files.exists(folder.resolve("gone"))).isFalse();
    }
  }
}
