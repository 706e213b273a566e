package org.einloom.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.Optimality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.model.DenseModel;
import org.einloom.sim.Simulator;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.Links;
import org.einloom.workload.Links.Ends;
import org.einloom.workload.Links.Leaves;
import org.einloom.workload.Links.Outside;
import org.einloom.workload.Links.Parts;
import org.einloom.workload.Links.Result;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Hand-counted: everything comes from a DRAM of 10 pJ a word, beside a buffer of 1 pJ. */
class FusionTest {
  /** {@code T[m] += A[m,k] * B[k]}: T is updated 12 times, of which 8 add to what is there. */
  private static final Layer SUM = layer("sum", 4, 3, true);

  /** {@code T[m] += A[m] * B[m]}. */
  private static final Layer SCALE = layer("scale", 4, 1, false);

  /** 8 reads of 24 b, 8 updates of 24 b and 4 complete ones of 8 b; then 4 reads of 8 b. */
  private static final double BITS = 16 * 24 + 4 * 8 + 4 * 8;

  private static final double ENERGY_PJ = 24 * 10;

  @Test
  void whatAnIntermediateTensorMovesOutsideCanBeSaved() {
    Fusion f = fusion(95, List.of(SUM, SCALE), ends(false), ends(true, new Result(0)));
    assertThat(f.tensors()).isEqualTo(1);
    assertThat(f.outermostBits()).isEqualTo(BITS);
    assertThat(f.outermostEnergyPj()).isEqualTo(ENERGY_PJ);
    // four sums of 24 b do not fit
    assertThat(f.kept()).containsExactly(new Fusion.Kept("Buffer", List.of(), 0, 0, 0));
  }

  @Test
  void whatFitsIsKeptAndPaidForWhereItLies() {
    Fusion f = fusion(96, List.of(SUM, SCALE), ends(false), ends(true, new Result(0)));
    Fusion.Kept kept = f.kept().getFirst();
    assertThat(kept.layers()).containsExactly("sum");
    assertThat(kept.outermostBits()).isEqualTo(BITS);
    assertThat(kept.energyPj()).isCloseTo(ENERGY_PJ - 24 * 1, within(1e-9));
    assertThat(kept.latencyS()).isZero();
  }

  @Test
  void aResultOfTheWholeIsWrittenOnceAtLeast() {
    Fusion f = fusion(96, List.of(SUM, SCALE), ends(true), ends(true, new Result(0)));
    assertThat(f.outermostBits()).isEqualTo(BITS - 4 * 8);
    assertThat(f.outermostEnergyPj()).isEqualTo(ENERGY_PJ - 4 * 10);
    assertThat(f.kept().getFirst().layers()).isEmpty();
  }

  @Test
  void whatIsReadInPartsIsBoundedButNotKept() {
    Fusion f = fusion(96, List.of(SUM, SCALE), ends(false), ends(true, new Parts(List.of(0))));
    assertThat(f.outermostBits()).isEqualTo(BITS);
    assertThat(f.kept().getFirst().layers()).isEmpty();
  }

  @Test
  void whatLiesThereMeanwhileTakesRoom() {
    // sum -> 0 -> (scale in between makes 1 from outside) -> both are read by the last
    List<Layer> layers = List.of(SUM, SCALE, SCALE);
    Ends[] ends = {
      ends(false), ends(false), new Ends(List.of(new Result(0), new Result(1)), Leaves.WHOLE)
    };
    assertThat(fusion(96, layers, ends).kept().getFirst().layers()).containsExactly("sum", "scale");
    // T of the sum takes 96 b while it is made, so with 95 b it stays outside, and there is room
    assertThat(fusion(95, layers, ends).kept().getFirst().layers()).containsExactly("scale");
    // 32 b of one and 32 b of the other in the last layer
    List<Layer> small = List.of(SCALE, SCALE, SCALE);
    assertThat(fusion(64, small, ends).kept().getFirst().layers()).hasSize(2);
    assertThat(fusion(63, small, ends).kept().getFirst().layers()).hasSize(1);
  }

  @Test
  void aTensorThatWaitsTakesRoomBesideLayersThatDoNotReadIt() {
    Layer wide = layer("wide", 8, 1, false);
    List<Layer> layers = List.of(SCALE, wide, wide, SCALE);
    Ends[] ends = {ends(false), ends(false), ends(true, new Result(1)), ends(true, new Result(0))};
    // while 64 b pass from the second to the third, the first's 32 b wait for the fourth
    assertThat(fusion(96, layers, ends).kept().getFirst().layers())
        .containsExactly("scale", "wide");
    assertThat(fusion(95, layers, ends).kept().getFirst().layers()).containsExactly("scale");
  }

  @Test
  void onlyTheWholeWorkloadSaysAnything() {
    Workload w = workload(List.of(SUM, SCALE), ends(false), ends(true, new Result(0)));
    Design design = Design.of(architecture(96, 1));
    NetworkResult one =
        NetworkResult.of(w, design, "default", Objective.ENERGY, List.of(result(SUM, design, 1)));
    assertThat(one.fusion()).isEmpty();
    Workload unknown = new Workload("w", w.layers(), List.of(), OptionalLong.empty());
    assertThat(network(unknown, design).fusion()).isEmpty();
  }

  @Test
  void whereTheBufferCostsMoreNothingIsKept() {
    Workload w = workload(List.of(SUM, SCALE), ends(false), ends(true, new Result(0)));
    Fusion f = network(w, Design.of(architecture(96, 11))).fusion().orElseThrow();
    assertThat(f.kept().getFirst().layers()).isEmpty();
  }

  @Test
  void aTensorThatIsMovedIsCountedAsTheSimulatorCountsIt() {
    Architecture path = architecture(1000, 1);
    Memory buffer = path.memories().get(1);
    for (Set<String> tensors : List.of(Set.of("T"), Set.of("A"), Set.of("A", "T"))) {
      LoopTree moved = Relocated.moved(mapping(SUM.einsum()), path, buffer, tensors);
      Architecture free = architecture(1000, 1, Keep.MAY_ALL);
      assertThat(DenseModel.analyze(SUM.einsum(), free, moved).counts())
          .isEqualTo(Simulator.run(SUM.einsum(), free, moved).counts());
    }
  }

  private static Fusion fusion(long bufferBits, List<Layer> layers, Ends... ends) {
    return network(workload(layers, ends), Design.of(architecture(bufferBits, 1)))
        .fusion()
        .orElseThrow();
  }

  private static NetworkResult network(Workload workload, Design design) {
    List<LayerResult> layers = new ArrayList<>();
    workload.distinctLayers().forEach(d -> layers.add(result(d.layer(), design, d.repeats())));
    return NetworkResult.of(workload, design, "default", Objective.ENERGY, layers);
  }

  private static LayerResult result(Layer layer, Design design, long repeats) {
    LoopTree mapping = mapping(layer.einsum());
    Architecture path = design.first();
    var counts = DenseModel.analyze(layer.einsum(), path, mapping).counts();
    Evaluation e = Evaluator.evaluate(layer.einsum(), path, counts, Policy.DEFAULT);
    return new LayerResult(
        layer, repeats, mapping, e, Optimality.given(Objective.ENERGY, e.energyPj()));
  }

  private static Workload workload(List<Layer> layers, Ends... ends) {
    List<Layer> named = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      named.add(layers.get(i));
    }
    return new Workload("w", named, List.of(), OptionalLong.empty(), new Links(List.of(ends)));
  }

  /** The first operand as said, the others from outside. */
  private static Ends ends(boolean leaves, Links.Source... first) {
    return new Ends(
        List.of(first.length == 0 ? new Outside() : first[0], new Outside()),
        leaves ? Leaves.WHOLE : Leaves.NOT);
  }

  private static Layer layer(String name, long m, long k, boolean sums) {
    var ofM = new TensorAccess.Rank(Affine.of("m"), m);
    var ofK = new TensorAccess.Rank(Affine.of("k"), k);
    List<RankVariable> variables =
        sums
            ? List.of(new RankVariable("m", m), new RankVariable("k", k))
            : List.of(new RankVariable("m", m));
    var einsum =
        new Einsum(
            name,
            variables,
            List.of(
                access("A", Role.INPUT, sums ? List.of(ofM, ofK) : List.of(ofM)),
                access("B", Role.WEIGHT, sums ? List.of(ofK) : List.of(ofM))),
            access("T", Role.OUTPUT, List.of(ofM)));
    return Layer.of(name, "Einsum", einsum);
  }

  private static TensorAccess access(String name, Role role, List<TensorAccess.Rank> ranks) {
    return new TensorAccess(name, name, role, ranks, OptionalInt.empty());
  }

  /** Sums are innermost last, so that each partial sum goes back to the DRAM. */
  private static LoopTree mapping(Einsum einsum) {
    List<MappingNode> nodes = new ArrayList<>();
    einsum.tensors().forEach(t -> nodes.add(new Storage("DRAM", t.name())));
    einsum.variables().reversed().forEach(v -> nodes.add(new Temporal(v.name(), 1)));
    return new LoopTree(nodes);
  }

  private static Architecture architecture(long bufferBits, double bufferPj) {
    return architecture(bufferBits, bufferPj, Keep.MUST_ALL);
  }

  private static Architecture architecture(long bufferBits, double bufferPj, Keep outermost) {
    return new Architecture(
        "two",
        1e6,
        "",
        new Widths(8, 8, 8, 24),
        List.of(
            memory("DRAM", OptionalLong.empty(), 10, outermost),
            memory("Buffer", OptionalLong.of(bufferBits), bufferPj, Keep.MAY_ALL),
            new Compute(
                "MAC",
                new Action("compute", Figure.of(1, "test"), 0, Double.POSITIVE_INFINITY),
                Figure.NONE,
                Figure.NONE)));
  }

  private static Memory memory(String name, OptionalLong bits, double energyPj, Keep keep) {
    var actions = new LinkedHashMap<String, Action>();
    for (String action : List.of("read", "write")) {
      actions.put(
          action, new Action(action, Figure.of(energyPj, "test"), 0, Double.POSITIVE_INFINITY));
    }
    return new Memory(name, bits, keep, actions, false, Figure.NONE, Figure.NONE);
  }
}
