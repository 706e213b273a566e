package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.counts.ComponentCounts;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapper.SearchLog;
import org.einloom.mapping.LoopTree;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.einloom.workload.Workload;

/** A small result with round figures. */
final class Example {
  private Example() {}

  static final Workload WORKLOAD =
      new Workload(
          "demo",
          List.of(layer("fc1", 400), layer("fc2", 100), layer("fc1 again", 400)),
          List.of(new Workload.NotCosted("Relu", 2), new Workload.NotCosted("Bias", 3)),
          OptionalLong.of(1234));

  static NetworkResult unproven() {
    return result(e -> Optimality.unproven(Objective.EDP, Objective.EDP.value(e), 1000, 0.5));
  }

  static NetworkResult given() {
    return result(e -> Optimality.given(Objective.EDP, Objective.EDP.value(e)));
  }

  /** Energy is known to within a quarter for the one layer, exactly for the other. */
  static NetworkResult bounded() {
    return bounded(0.75);
  }

  /** The best is known for both layers, but all of the front for one only. */
  static NetworkResult frontCutShort() {
    return bounded(1);
  }

  private static NetworkResult bounded(double share) {
    NetworkResult r = given();
    List<LayerResult> layers = new ArrayList<>();
    for (LayerResult l : r.layers()) {
      double value = l.evaluation().energyPj();
      boolean proven = l.layer().name().equals("fc2");
      layers.add(
          new LayerResult(
              l.layer(),
              l.repeats(),
              l.mapping(),
              l.evaluation(),
              new Optimality(
                  proven ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED,
                  Objective.ENERGY,
                  value,
                  OptionalDouble.of(proven ? value : share * value),
                  OptionalLong.of(5),
                  OptionalDouble.of(0.25)),
              List.of(new ParetoPoint(l.mapping(), l.evaluation())),
              new SearchLog(
                  List.of(
                      new SearchLog.Pruned("by the bound", 1234),
                      new SearchLog.Pruned("by symmetry", 0)),
                  List.of(
                      new SearchLog.Alternative("A spread over x", 2 * value, true),
                      new SearchLog.Alternative("O spread over x", 4 * value, false)),
                  Optional.of(new SearchLog.Shapes(90, 42, 1, 3, 7, 3 * value)))));
    }
    return NetworkResult.of(
        WORKLOAD, Design.of(architecture()), "default", Objective.ENERGY, layers);
  }

  private static NetworkResult result(Function<Evaluation, Optimality> optimality) {
    return NetworkResult.of(
        WORKLOAD,
        Design.of(architecture()),
        "default",
        Objective.EDP,
        WORKLOAD.distinctLayers().stream()
            .map(
                d -> {
                  Evaluation e = evaluate(d.layer().einsum());
                  return new LayerResult(
                      d.layer(), d.repeats(), new LoopTree(List.of()), e, optimality.apply(e));
                })
            .toList());
  }

  private static Evaluation evaluate(Einsum einsum) {
    long k = einsum.computes();
    var flows = new TreeMap<String, Flows>();
    flows.put("A", new Flows(k, 0, 0, 0, 0, 0));
    flows.put("O", new Flows(k - 1, 0, k, 0, 1, 0));
    var counts =
        new Counts(
            List.of(
                new ComponentCounts(
                    "OffChipMemory", List.of(new InstanceClass(1, flows)), new TreeMap<>()),
                new ComponentCounts("Array", List.of(), new TreeMap<>())),
            k,
            k / 4,
            4);
    return Evaluator.evaluate(einsum, architecture(), counts, Policy.DEFAULT);
  }

  private static Layer layer(String name, long k) {
    var a = new TensorAccess.Rank(Affine.of("k"), k);
    var einsum =
        new Einsum(
            name,
            List.of(new RankVariable("k", k)),
            List.of(
                new TensorAccess("A", "A", Role.INPUT, List.of(a), OptionalInt.empty()),
                new TensorAccess("A#2", "A", Role.WEIGHT, List.of(a), OptionalInt.empty())),
            new TensorAccess("O", "O", Role.OUTPUT, List.of(), OptionalInt.empty()));
    return new Layer(name, "Einsum", einsum, k);
  }

  private static Architecture architecture() {
    var actions = new LinkedHashMap<String, Action>();
    actions.put("read", new Action("read", Figure.of(2, "data sheet"), 0, 1));
    actions.put("write", new Action("write", new Figure(3, "", true), 0, 1));
    return new Architecture(
        "tiny",
        1e6,
        "65nm",
        new Widths(8, 8, 16, 32),
        List.of(
            new Memory(
                "OffChipMemory",
                OptionalLong.empty(),
                Keep.MUST_ALL,
                actions,
                true,
                Figure.NONE,
                Figure.NONE),
            new Fanout(
                "Array",
                List.of(new Fanout.Dimension("x", 4, Set.of())),
                Fanout.Multicast.WORDS,
                true,
                Optional.empty(),
                Figure.NONE,
                Figure.NONE),
            new Compute(
                "MAC",
                new Action("compute", Figure.of(1, "paper"), 0, 1),
                Figure.of(500, ""),
                Figure.NONE)));
  }
}
