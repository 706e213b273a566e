package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.io.input.InputException;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopArchitecture;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.sparse.SparseReader;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/** Puts the parts of a specification together. */
final class Translation {
  private final TimeloopSpec spec;
  private final boolean costs;
  private final List<Remark> remarks = new ArrayList<>();

  /**
   * @param costs whether anybody wants to know what levels cost
   */
  Translation(TimeloopSpec spec, boolean costs) {
    this.spec = spec;
    this.costs = costs;
    remarks.addAll(spec.remarks());
  }

  TimeloopModel model() {
    TimeloopArchitecture architecture = required(spec.architecture(), "architecture");
    TimeloopProblem problem = required(spec.problem(), "problem");
    Einsum einsum = problem.at().locate(() -> ProblemTranslation.einsum(problem));
    Optional<Directives> directives =
        spec.mapping().map(m -> Directives.of(m, architecture, problem));
    var translation = new HardwareTranslation(architecture, problem, spec, costs, remarks);
    TimeloopModel.Hardware hardware = translation.hardware(directives, einsum);
    Optional<TimeloopModel.Mapped> mapped =
        directives.map(
            d -> new MappingTranslation(d, architecture, problem, einsum).mapped(hardware));
    Optional<TimeloopModel.Sparse> sparse =
        SparseReader.read(spec, architecture, problem, translation.energiesPj(), remarks)
            .map(
                f ->
                    new TimeloopModel.Sparse(
                        f.spec(),
                        directives.map(d -> SparseLoops.of(d, hardware.machine(), problem)),
                        f.at()));
    return new TimeloopModel(einsum, hardware, mapped, sparse, remarks);
  }

  private static <T> T required(Optional<T> part, String key) {
    return part.orElseThrow(
        () ->
            new InvalidSpecException(
                "the Timeloop files have no '%s'; expected one of them to have the key '%s' at its top"
                    .formatted(key, key)));
  }

  static InputException unknown(
      org.einloom.io.input.Position at,
      String what,
      String name,
      java.util.Collection<String> known) {
    return at.error(
        "unknown " + what + " " + org.einloom.io.input.Words.quote(name),
        "expected " + org.einloom.io.input.Words.list(known),
        org.einloom.io.input.Words.didYouMean(name, known));
  }
}
