package org.einloom.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.explore.MappedWorkload;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.ResultSink;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.report.AtomicFile;
import org.einloom.report.Detail;
import org.einloom.report.HtmlReport;
import org.einloom.report.ResultJson;
import org.einloom.workload.InvalidSpecException;

/**
 * Keeps a page of what each evaluated point makes of each workload. A page is there before its
 * point counts as finished.
 *
 * @param folder where
 * @param next where points go then
 */
record PointPages(Path folder, ResultSink next) implements ResultSink {
  /** The file of a page. */
  static String name(String point, String workload) {
    return point + "-" + workload.replaceAll("[^\\p{Alnum}._-]", "_") + ".html";
  }

  /** A path as a link has it. */
  static String address(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .map(p -> URLEncoder.encode(p.toString(), StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/", "./", ""));
  }

  @Override
  public Optional<PointResult> done(Point point) {
    return next.done(point);
  }

  @Override
  public void put(PointResult result, List<MappedWorkload> mapped) {
    if (result.outcome() instanceof Evaluated e) {
      for (int i = 0; i < mapped.size(); i++) {
        write(result, e.workloads().get(i).name(), mapped.get(i));
      }
    }
    next.put(result, mapped);
  }

  private void write(PointResult result, String workload, MappedWorkload mapped) {
    var sparse = new LinkedHashMap<String, SparseOutcome>();
    mapped.sparse().forEach((layer, mapping) -> sparse.put(layer, mapping.outcome()));
    var detail = new Detail(false, false, Optional.empty(), sparse);
    byte[] json = ResultJson.write(mapped.network(), Version.number(), LoopTreeText::write, detail);
    String title = workload + " on " + result.point();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidSpecException("cannot make " + folder + ": " + e.getMessage(), e);
    }
    AtomicFile.write(
        folder.resolve(name(result.point().id(), workload)), HtmlReport.result(title, json));
  }
}
