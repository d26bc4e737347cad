package io.stagemark.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** The whole job in this JVM: two tasks at a time, one model, two sessions. */
final class LocalMasterTest {
  private static final int EXAMPLES = 5;
  private static final int SHARDS = 3;

  @TempDir Path folder;
  private String err = "";

  /** What Spark's pages show of a job. */
  public static final class Watch extends SparkListener {
    private static final Map<String, String> SEEN = new ConcurrentHashMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      SEEN.put("description", job.properties().getProperty("spark.job.description"));
      SEEN.merge("jobs", "1", (a, b) -> a + b);
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
      CollectionConverters.asJava(stage.stageInfo().accumulables())
          .forEach((id, each) -> SEEN.put(each.name().get(), each.value().get().toString()));
    }
  }

  private int run(String... arguments) {
    return run(conf(), arguments);
  }

  private int run(SparkConf conf, String... arguments) {
    Watch.SEEN.clear();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(errors, true, StandardCharsets.UTF_8);
    int code = Main.run(conf, out, out, arguments);
    err = errors.toString(StandardCharsets.UTF_8);
    return code;
  }

  private SparkConf conf() {
    return new SparkConf()
        .set("spark.master", "local[2]")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.local.dir", folder.resolve("local").toString())
        .set("spark.extraListeners", Watch.class.getName());
  }

  private String[] job(String config, String name, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                config,
                "--shards",
                "" + SHARDS,
                "--parts",
                folder.resolve(name + "-parts").toString(),
                "--out",
                folder.resolve(name).toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Map<String, byte[]> parts(String name) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve(name + "-parts"))) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        files.put(String.valueOf(each.getName(each.getNameCount() - 2)), Files.readAllBytes(each));
      }
    }
    return files;
  }

  @Test
  void localTwo_everyShard_hasTheBitsOfARun() throws Exception {
    Path config = Photographs.write(folder, EXAMPLES, "onnxruntime, pytorch");
    try (JavaProcesses processes = new JavaProcesses(folder, Map.of())) {
      String file = config.toString();
      String run = folder.resolve("run").toString();
      assertThat(processes.stagemark("run", "run", file, "--no-calibration", "--output", run))
          .isZero();
    }

    int code = run(job(config.toString(), "spark"));

    assertThat(code).as(err).isZero();
    String scores = Photographs.scores(folder.resolve("spark"));
    assertThat(scores).contains("coco-ap", "onnxruntime", "pytorch");
    assertThat(scores).isEqualTo(Photographs.scores(folder.resolve("run")));
    assertThat(folder.resolve("spark/report.md")).exists();
    assertThat(Watch.SEEN)
        .containsEntry("description", "job: 3 of 3 shards, 5 examples")
        .containsEntry("examples scored", "" + EXAMPLES)
        .containsEntry("jobs", "1");

    Map<String, byte[]> before = parts("spark");
    assertThat(before).hasSize(SHARDS);
    Files.delete(folder.resolve("spark-parts/shard-0002-of-0003/scores.shard"));
    assertThat(run(job(config.toString(), "spark"))).as(err).isZero();
    assertThat(Watch.SEEN).containsEntry("description", "job: 1 of 3 shards, 5 examples");
    assertThat(Photographs.scores(folder.resolve("spark"))).isEqualTo(scores);
    Map<String, byte[]> after = parts("spark");
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.get("shard-0001-of-0003")).isEqualTo(before.get("shard-0001-of-0003"));

    assertThat(run(job(config.toString(), "spark"))).as(err).isZero();
    assertThat(Watch.SEEN).isEmpty(); // nothing was missing
    assertThat(run(job(config.toString(), "spark", "--set", "score=[bce]"))).isEqualTo(2);
    assertThat(err).contains("shard-0001-of-0003", "config");
  }

  @Test
  void home_inAnotherFileSystemAndInAZip_givesTheSameBits() throws Exception {
    Path config = Photographs.write(folder.resolve("home"), EXAMPLES, "onnxruntime");
    assertThat(run(job(config.toString(), "plain"))).as(err).isZero();
    String scores = Photographs.scores(folder.resolve("plain"));
    Path model = JavaProcesses.checkout().resolve("models/centernet-mbv3-coco");
    HomeFiles.copy(model, folder.resolve("home/models/centernet-mbv3-coco"));

    SparkConf conf =
        conf()
            .set(
                "spark.hadoop.fs.viewfs.mounttable.t.link./job",
                folder.resolve("home").toUri() + "");
    assertThat(run(conf, job("configs/job.yaml", "viewfs", "--home", "viewfs://t/job")))
        .as(err)
        .isZero();
    assertThat(Photographs.scores(folder.resolve("viewfs"))).isEqualTo(scores);

    Path zip = folder.resolve("job.zip");
    HomeFiles.zip(folder.resolve("home"), zip);
    assertThat(run(job("configs/job.yaml", "zip", "--home", zip.toString()))).as(err).isZero();
    assertThat(Photographs.scores(folder.resolve("zip"))).isEqualTo(scores);
  }

  @Test
  void badInput_endsWithTwoAndNoJob() throws Exception {
    Path config = Photographs.write(folder, 2, "onnxruntime");
    String file = config.toString();
    Map<String[], String> refused =
        Map.of(
            new String[] {file}, "no --shards",
            new String[] {file, "--shards", "0"}, "--shards",
            new String[] {file, "--shards", "x"}, "--shards x",
            new String[] {"--shards", "2"}, "no CONFIG",
            new String[] {file, "--shards", "2", "--best"}, "--best",
            new String[] {file + "x", "--shards", "2"}, "no such file",
            new String[] {file, "--shards", "2", "--set", "score=[nothing]"}, "nothing",
            new String[] {file, "--shards", "2", "--set", "cases.threads=[4]"}, "spark.task.cpus=4",
            new String[] {file, "--shards", "2", "--program", folder.toString()}, "stagemark.jar",
            new String[] {file, "--shards", "2", "--ship", "--home", "hdfs://n/x"}, ".zip");
    refused.forEach(
        (arguments, found) -> {
          assertThat(run(arguments)).as(found + err).isEqualTo(2);
          assertThat(err).contains(found, "expected:", "try:");
        });
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/result.json"), "mine");
    assertThat(run(job(file, "out"))).isEqualTo(2);
    assertThat(err).contains("not written by Stagemark");
    assertThat(run(new SparkConf(), job(file, "x"))).isEqualTo(2);
    assertThat(err).contains("spark.master");
    assertThat(Watch.SEEN).isEmpty();
  }

  @Test
  void picture_thatIsMissing_isNamedByTheTask() throws Exception {
    Path config = Photographs.write(folder, 4, "onnxruntime");
    Files.delete(folder.resolve("configs/data/00002.jpg"));

    assertThat(run(job(config.toString(), "spark"))).isEqualTo(2);

    assertThat(err).contains("00002.jpg", "try:").doesNotContain("\tat ");
    assertThat(folder.resolve("spark")).doesNotExist();
  }

  @Test
  void model_thatTheEngineRefuses_endsWithThree() throws Exception {
    Path config = Photographs.write(folder, 2, "onnxruntime");
    Path copy = folder.resolve("configs/broken");
    HomeFiles.copy(JavaProcesses.checkout().resolve("models/centernet-mbv3-coco"), copy);
    Path onnx = copy.resolve("centernet_mbv3_coco_512.onnx");
    byte[] half = Arrays.copyOf(Files.readAllBytes(onnx), (int) Files.size(onnx) / 2);
    Files.write(onnx, half);
    Path card = copy.resolve("model.yaml");
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(half));
    Files.writeString(
        card, Files.readString(card).replaceFirst("(onnx\\n +sha256: )[0-9a-f]+", "$1" + digest));

    int code = run(job(config.toString(), "spark", "--set", "cases.model=[./broken]"));

    assertThat(code).as(err).isEqualTo(3);
    assertThat(err).contains("broken").doesNotContain("\tat ");
  }
}
