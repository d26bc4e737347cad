package io.stagemark.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy in a JVM of its own, with objects in memory, which checks the signature of requests. */
final class S3Store implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final String KEY = "stagemark";
  private static final String SECRET = "not-a-secret";
  private static final int START_SECONDS = 120;

  private final JavaProcesses processes;
  private final Path folder;
  private final String endpoint;

  /**
   * Starts one that has nothing in it.
   *
   * @param folder of its log and settings
   */
  S3Store(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Path settings = folder.resolve("s3proxy.properties");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=http://127.0.0.1:0
        s3proxy.authorization=aws-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=transient
        """
            .formatted(KEY, SECRET));
    processes = new JavaProcesses(folder, Map.of());
    String jar =
        JavaProcesses.checkout()
            .resolve("integrations/spark/target/s3proxy/s3proxy.jar")
            .toString();
    processes.start(
        "s3proxy",
        List.of("-Xmx256m"),
        jar,
        "org.gaul.s3proxy.Main",
        "--properties",
        settings.toString());
    String line = processes.line("s3proxy", "ServerConnector@", START_SECONDS);
    endpoint = line.replaceAll(".*\\{(127\\.0\\.0\\.1:[0-9]+)}.*", "http://$1");
  }

  /** Returns the settings of Spark that lead to it. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    s3a().forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    return settings;
  }

  private Map<String, String> s3a() {
    return Map.of(
        "fs.s3a.endpoint", endpoint,
        "fs.s3a.endpoint.region", REGION,
        "fs.s3a.path.style.access", "true",
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        "fs.s3a.access.key", KEY,
        "fs.s3a.secret.key", SECRET,
        "hadoop.tmp.dir", folder.resolve("hadoop").toString());
  }

  void createBucket(String name) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint))
            .forcePathStyle(true)
            .region(Region.of(REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
            .build()) {
      client.createBucket(request -> request.bucket(name));
    }
  }

  /** Copies a folder or file to the store, by S3A. */
  void put(Path from, String address) throws IOException {
    Configuration hadoop = new Configuration();
    s3a().forEach(hadoop::set);
    try (FileSystem files = FileSystem.newInstance(URI.create(address), hadoop)) {
      HomeFiles.put(from, files, address);
    }
  }

  @Override
  public void close() {
    processes.close();
  }
}
