package org.einloom.spark;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.einloom.explore.engine.Workers;
import org.einloom.explore.engine.WorkersProvider;
import org.einloom.workload.InvalidSpecException;

/** Workers on Spark, as {@code spark-submit} or {@code --master} say where. */
public final class SparkProvider implements WorkersProvider {
  static final String NAME = "spark";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Workers open(Request request) {
    SparkConf conf = new SparkConf().setAppName("einloom: " + request.study());
    request.master().ifPresent(conf::setMaster);
    conf.setIfMissing("spark.master", "local[%d]".formatted(request.threads()));
    conf.setIfMissing("spark.ui.showConsoleProgress", "false"); // there is one already
    conf.setIfMissing("spark.log.level", "WARN");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.host", "localhost");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    try {
      return new SparkWorkers(
          new JavaSparkContext(conf), new TaskSolver(request.time()), request.monitor());
    } catch (Exception e) {
      if (e instanceof SparkException || e instanceof RuntimeException) {
        throw new InvalidSpecException(
            "Spark does not start with master '%s': %s; expected one such as local[2], spark://HOST:7077, yarn, k8s://https://HOST:PORT"
                .formatted(
                    conf.get("spark.master"),
                    Optional.ofNullable(e.getMessage()).orElse(e.toString())),
            e);
      }
      throw e;
    }
  }
}
