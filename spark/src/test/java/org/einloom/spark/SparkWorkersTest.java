package org.einloom.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.einloom.explore.MappedWorkload;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.ResultSink;
import org.einloom.explore.engine.Exploration;
import org.einloom.explore.engine.ExploreMonitor;
import org.einloom.explore.engine.Explorer;
import org.einloom.explore.engine.ListedPoints;
import org.einloom.explore.engine.SearchTime;
import org.einloom.explore.engine.SolutionStore;
import org.einloom.explore.engine.Workers;
import org.einloom.io.study.StudyFile;
import org.einloom.mapper.ExactMapper;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.Iterator;

/** Spark's executors make of a study what threads make of it, also where tasks die. */
class SparkWorkersTest {
  @TempDir Path folder;
  private StudyFile study;

  @BeforeEach
  void read() throws IOException {
    study = StudyFile.read(SmallStudy.in(folder));
  }

  /** Remembers what it is given. */
  private static final class Kept implements ResultSink {
    final List<PointResult> results = new ArrayList<>();
    final Map<Point, PointResult> earlier = new HashMap<>();

    @Override
    public Optional<PointResult> done(Point point) {
      return Optional.ofNullable(earlier.get(point));
    }

    @Override
    public void put(PointResult result, List<MappedWorkload> mapped) {
      results.add(result);
    }
  }

  /** Ends a study after some points. */
  private record Stopping(List<PointResult> seen, int after) implements ExploreMonitor {
    @Override
    public boolean stop() {
      return seen.size() >= after;
    }
  }

  private Exploration run(Kept kept, ExploreMonitor monitor, Optional<Workers> workers) {
    var explorer =
        new Explorer(study.study(), study.builder(), new ExactMapper(), kept, monitor, true);
    return explorer.run(ListedPoints.all(study.study().space()), 2, SolutionStore.NONE, workers);
  }

  private Exploration onSpark(String master, TaskSolver solver, Kept kept, ExploreMonitor monitor) {
    var conf =
        new SparkConf()
            .setAppName("test")
            .setMaster(master)
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "localhost")
            .set("spark.log.level", "ERROR");
    try (var workers = new SparkWorkers(new JavaSparkContext(conf), solver, monitor)) {
      return run(kept, monitor, Optional.of(workers));
    }
  }

  /** Dies at its first attempts at every third task. */
  private static final class Dying extends TaskSolver {
    private static final long serialVersionUID = 1;
    private final int attempts;

    Dying(int attempts) {
      super(SearchTime.UNLIMITED);
      this.attempts = attempts;
    }

    @Override
    public byte[] apply(Iterator<byte[]> partition) {
      TaskContext context = TaskContext.get();
      if (context.partitionId() % 3 == 0 && context.attemptNumber() < attempts) {
        throw new IllegalStateException("died");
      }
      return super.apply(partition);
    }
  }

  @Test
  @DisplayName("tasks that die are done again, and all is as on threads")
  void retried() {
    var here = new Kept();
    var there = new Kept();
    Exploration local = run(here, ExploreMonitor.NONE, Optional.empty());
    Exploration spark = onSpark("local[2,4]", new Dying(2), there, ExploreMonitor.NONE);
    assertThat(there.results).hasSizeGreaterThanOrEqualTo(SmallStudy.POINTS);
    assertThat(there.results).isEqualTo(here.results);
    assertThat(spark.front()).isEqualTo(local.front());
    assertThat(spark.work().searched()).isEqualTo(local.work().searched());
  }

  @Test
  @DisplayName("sparse tensors are mapped there as on threads")
  void sparse() throws IOException {
    Path example = Path.of("..", "examples", "explore", "sparse");
    for (String name : List.of("design.yaml", "layers.yaml", "sparsity.yaml", "accuracy.csv")) {
      Files.copy(example.resolve(name), folder.resolve(name));
    }
    String text = Files.readString(example.resolve("study.yaml"));
    String few =
        text.replace("kept: [1, 0.5, 0.1]", "kept: [0.1]")
            .replace("buffer: [64, 128]", "buffer: [128]");
    study = StudyFile.read(Files.writeString(folder.resolve("sparse.yaml"), few));
    var here = new Kept();
    var there = new Kept();
    run(here, ExploreMonitor.NONE, Optional.empty());
    onSpark("local[2]", new TaskSolver(SearchTime.UNLIMITED), there, ExploreMonitor.NONE);
    assertThat(here.results).hasSize(2);
    assertThat(there.results).isEqualTo(here.results);
  }

  @Test
  @DisplayName("a task that dies always ends the study with a message, and what is finished counts")
  void gaveUp() {
    var kept = new Kept();
    assertThatThrownBy(() -> onSpark("local[2,2]", new Dying(9), kept, ExploreMonitor.NONE))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageStartingWith("Spark gave up: ")
        .hasMessageContaining("the same command continues");
  }

  @Test
  @DisplayName(
      "a study that is ended from outside keeps what is finished, and continues on threads")
  void stopped() {
    var whole = new Kept();
    run(whole, ExploreMonitor.NONE, Optional.empty());
    var kept = new Kept();
    Exploration ended =
        onSpark(
            "local[2]", new TaskSolver(SearchTime.UNLIMITED), kept, new Stopping(kept.results, 20));
    assertThat(ended.complete()).isFalse();
    assertThat(kept.results).hasSizeBetween(20, SmallStudy.POINTS - 1);
    kept.results.forEach(r -> kept.earlier.put(r.point(), r));
    assertThat(run(kept, ExploreMonitor.NONE, Optional.empty()).complete()).isTrue();
    assertThat(kept.results).isEqualTo(whole.results);
  }
}
