package io.stagemark.cli;

import io.stagemark.scoring.Loss;
import io.stagemark.scoring.LossDescription;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.spi.Registry;
import java.io.PrintWriter;

/**
 * What {@code list losses} prints: every loss on the class path with its formula and parameters.
 */
final class LossListing {
  private LossListing() {}

  static void print(PrintWriter out, ClassLoader loader) {
    Registry<Loss> losses = Registry.discover(Loss.class, loader);
    for (Loss loss : losses.all()) {
      LossDescription description = loss.description();
      out.printf("%s  %s%s%n", loss.name(), description.formula(), ListCommand.from(losses, loss));
      out.printf("    source       %s%n", description.source());
      out.printf("    predictions  %s%n", description.predictions());
      out.printf("    truth        %s%n", description.truth());
      for (ScoreParameter parameter : description.parameters()) {
        out.printf(
            "    --%s  %s%s; %s%n",
            parameter.name(),
            parameter.allowed(),
            parameter.fallback().map(f -> " (default " + f + ")").orElse(""),
            parameter.doc());
      }
    }
  }
}
