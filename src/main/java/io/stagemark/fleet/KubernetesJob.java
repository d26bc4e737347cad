package io.stagemark.fleet;

import static java.util.Locale.ROOT;

import java.util.stream.Collectors;

/**
 * A {@link ShardJob} as a Kubernetes Indexed Job. Requests equal limits in whole processors, so
 * that a pod is of class Guaranteed; a task that ends with exit code 2 (bad input) is not tried
 * again.
 *
 * <p>Source: Kubernetes documentation, Jobs: completionMode Indexed, backoffLimitPerIndex and
 * podFailurePolicy (1.33).
 *
 * @param image that has the program
 * @param claim name of the PersistentVolumeClaim with config, models, data and the shards
 * @param mount where the pods see it; relative paths are from there
 */
public record KubernetesJob(String image, String claim, String mount) {
  private static final int TRIES = 3;

  /** The shell counts shards from 1, Kubernetes from 0; everything else is passed through. */
  private static String script(int shards) {
    return "exec \"$@\" --shard \"$((JOB_COMPLETION_INDEX + 1))/" + shards + "\"";
  }

  /** Returns the manifest. */
  public String render(ShardJob job) {
    String arguments =
        job.arguments().stream()
            .map(argument -> "            - " + argument(argument) + "\n")
            .collect(Collectors.joining());
    return String.format(
        ROOT,
        """
        # kubectl apply -f FILE; when the Job is complete, where the volume is:
        #   %s
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: %s
        spec:
          completionMode: Indexed
          completions: %d
          parallelism: %d
          backoffLimitPerIndex: %d
          podFailurePolicy:
            rules:
              - action: FailIndex
                onExitCodes:
                  containerName: shard
                  operator: In
                  values: [2]
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: shard
                  image: %s
                  workingDir: %s
                  command:
                    - /bin/sh
                    - -c
                    - %s
                    - sh
        %s          resources:
                    requests: {cpu: %d, memory: %dMi}
                    limits: {cpu: %d, memory: %dMi}
                  volumeMounts:
                    - name: work
                      mountPath: %s
              volumes:
                - name: work
                  persistentVolumeClaim:
                    claimName: %s
        """,
        job.mergeLine(),
        job.label(),
        job.shards(),
        Math.min(job.shards(), job.needs().parallel()),
        TRIES,
        quoted(image),
        quoted(mount),
        argument(script(job.shards())),
        arguments,
        job.needs().cpus(),
        job.needs().memoryMiB(),
        job.needs().cpus(),
        job.needs().memoryMiB(),
        quoted(mount),
        quoted(claim));
  }

  /** Kubernetes replaces {@code $(NAME)} in a command, and {@code $$} by one sign. */
  private static String argument(String text) {
    return quoted(text.replace("$", "$$"));
  }

  /** Returns a text in YAML's double quotes. */
  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
