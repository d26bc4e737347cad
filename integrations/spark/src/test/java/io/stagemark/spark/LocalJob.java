package io.stagemark.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/** The job in this JVM, in two shards, two tasks at a time. */
final class LocalJob {
  private final Path folder;
  private String output = "";

  /**
   * @param folder gets the results, each in a folder of its name
   */
  LocalJob(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes {@code home} with config, data and model.
   *
   * @return the config
   */
  Path writeHome(int examples) throws IOException {
    Path home = folder.resolve("home");
    Path config = Photographs.write(home, examples, "onnxruntime");
    HomeFiles.copy(
        JavaProcesses.checkout().resolve("models/centernet-mbv3-coco"),
        home.resolve("models/centernet-mbv3-coco"));
    return config;
  }

  /**
   * Runs the job.
   *
   * @param settings of Spark, besides those of a local master
   * @param name of the result's folder
   * @return the exit code
   */
  int run(Map<String, String> settings, String config, String name, String... more) {
    SparkConf conf =
        new SparkConf()
            .set("spark.master", "local[2]")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.local.dir", folder.resolve("local").toString());
    settings.forEach(conf::set);
    List<String> all = new ArrayList<>(List.of(config, "--shards", "2"));
    all.addAll(List.of("--parts", folder + "/" + name + "-parts", "--out", folder + "/" + name));
    all.addAll(List.of(more));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int code = Main.run(conf, out, out, all.toArray(String[]::new));
    output = printed.toString(StandardCharsets.UTF_8);
    return code;
  }

  /** Returns what the last run printed, on both of its streams. */
  String output() {
    return output;
  }

  /** Returns the scores of a run. */
  String scores(String name) throws IOException {
    return Photographs.scores(folder.resolve(name));
  }
}
