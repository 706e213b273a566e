package org.einloom.spark;

import java.util.ArrayList;
import java.util.List;
import org.einloom.cli.Main;

/** {@code spark-submit --class org.einloom.spark.Explore einloom-spark.jar STUDY [options]}. */
public final class Explore {
  private Explore() {}

  /** Runs {@code einloom explore --on spark} with these arguments. */
  public static void main(String[] args) {
    List<String> command = new ArrayList<>(List.of("explore", "--on", SparkProvider.NAME));
    command.addAll(List.of(args));
    int exitCode = Main.run(command.toArray(String[]::new));
    if (exitCode != 0) { // YARN takes any exit of the JVM for a failure
      System.exit(exitCode);
    }
  }
}
