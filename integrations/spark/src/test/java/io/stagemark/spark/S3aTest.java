package io.stagemark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Config, model and data in a store that speaks S3's protocol, by Hadoop's S3A. */
final class S3aTest {
  private static final int EXAMPLES = 4;
  private static final String BUCKET = "s3a://jobs";

  @TempDir static Path shared;
  private static S3Store store;

  @TempDir Path folder;

  @BeforeAll
  static void startStore() throws Exception {
    store = new S3Store(shared);
    store.createBucket("jobs");
  }

  @AfterAll
  static void endStore() {
    store.close();
  }

  @Test
  void home_inS3_givesTheBitsOfAPath() throws Exception {
    LocalJob job = new LocalJob(folder);
    Path config = job.writeHome(EXAMPLES);
    assertThat(job.run(Map.of(), config.toString(), "plain")).as(job.output()).isZero();
    store.put(folder.resolve("home"), BUCKET + "/home");
    Path zip = folder.resolve("home.zip");
    HomeFiles.zip(folder.resolve("home"), zip);
    store.put(zip, BUCKET + "/home.zip");

    for (String name : new String[] {"home", "home.zip"}) {
      String home = BUCKET + "/" + name;
      assertThat(job.run(store.settings(), "configs/job.yaml", "s3-" + name, "--home", home))
          .as(job.output())
          .isZero();
      assertThat(job.scores("s3-" + name)).isEqualTo(job.scores("plain")).contains("coco-ap");
    }
  }

  @Test
  void home_thatTheStoreDoesNotHave_isBadInput() {
    assertRefused(BUCKET + "/no/such", Map.of(), "no such folder or file");
    assertRefused("s3a://no-such-bucket/home", Map.of(), "bucket does not exist");
    assertRefused("s3a://no_host_name/home", Map.of(), "bucket");
  }

  @Test
  void credentials_thatTheStoreRefuses_areBadInput() {
    assertRefused(BUCKET + "/home", Map.of("fs.s3a.secret.key", "wrong"), "403");
    assertRefused(BUCKET + "/home", Map.of("fs.s3a.access.key", "nobody"), "403");
    assertRefused(BUCKET + "/home", Map.of("fs.s3a.access.key", ""), "redentials");
  }

  @Test
  void endpoint_atWhichNobodyListens_isBadInput() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Map<String, String> nobody =
        Map.of(
            "fs.s3a.endpoint", "http://127.0.0.1:" + port,
            "fs.s3a.attempts.maximum", "1",
            "fs.s3a.retry.limit", "1"); // minutes without these two
    assertRefused(BUCKET + "/home", nobody, "refused");
  }

  private void assertRefused(String home, Map<String, String> settings, String found) {
    Map<String, String> all = new HashMap<>(store.settings());
    settings.forEach((key, value) -> all.put("spark.hadoop." + key, value));
    LocalJob job = new LocalJob(folder);

    int code = job.run(all, "configs/job.yaml", "none", "--home", home);

    assertThat(code).as(job.output()).isEqualTo(2);
    List<String> lines = job.output().lines().toList();
    assertThat(lines).hasSize(5); // no stack trace
    assertThat(lines.get(0)).isEqualTo("--home " + home);
    assertThat(lines.get(1)).startsWith("  found:    ").contains(found);
    assertThat(lines.get(3)).contains("hadoop-aws:", "fs.s3a");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
