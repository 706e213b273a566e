package org.einloom.io.timeloop.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.io.timeloop.Cases;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.sim.Simulator;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Einloom's own rules count of Timeloop's cases: what the brute force counts, and what
 * Timeloop does, but for differences that are listed here, each with its reason.
 */
class DefaultAccountingTest {
  /** Points of the iteration space that the brute force runs in about a second. */
  private static final long MOST_POINTS = 70_000;

  /** Why Timeloop counts something else. */
  private enum Reason {
    /** Neighbours hand on words, which are read there, and not above. */
    LINKS,
    /** A tile that moves along two axes, or turns, is fetched as a whole. */
    REFETCH,
    /** Children that ask for some of the same words, and some others, share none. */
    OVERLAP,
    /**
     * The same of levels that pass a tensor on without keeping it: what all below one of them ask
     * for together is shared with another only if it is the same.
     */
    OVERLAP_OF_LEVELS,
    /** Each of several children that add up one word is filled with its starting value. */
    REDUCING_CHILDREN,
    /** Words between those that are touched are moved as well. */
    GAPS,
    /** The case runs with first-read elision off. */
    ELISION_OFF,
    /** The case runs with the updated read-modify-write. */
    UPDATED_RMW,
    /** Loops that end in a smaller turn are counted as if they did not, here and there. */
    TAILS,
    /** Of children that a skew turns, one is looked at in each place. */
    SKEW
  }

  /** A case's differences, ours before Timeloop's. */
  private record Known(Set<Reason> reasons, List<String> differences) {
    static Known of(Reason reason, String... differences) {
      return new Known(EnumSet.of(reason), List.of(differences));
    }

    static Known of(Reason one, Reason two, String... differences) {
      return new Known(EnumSet.of(one, two), List.of(differences));
    }
  }

  private static final Known NONE = new Known(Set.of(), List.of());

  private static final Map<String, Known> KNOWN =
      Map.ofEntries(
          Map.entry("conv1d_link", Known.of(Reason.OVERLAP, "GLB.Inputs reads 48/96")),
          Map.entry(
              "conv1d_link_r",
              Known.of(Reason.LINKS, "GLB.Inputs reads 64/15", "RF.Inputs reads 64/112")),
          Map.entry(
              "conv_2l_pq_outer",
              Known.of(Reason.REFETCH, "DRAM.Inputs reads 752/800", "Buf.Inputs fills 752/800")),
          Map.entry(
              "conv_spatial_halo",
              Known.of(
                  Reason.OVERLAP,
                  Reason.REFETCH,
                  "DRAM.Inputs reads 1088/1152",
                  "GLB.Inputs reads 3840/6144",
                  "GLB.Inputs fills 1088/1152")),
          Map.entry(
              "conv_stride4_gap",
              Known.of(Reason.GAPS, "DRAM.Inputs reads 1296/1932", "Buf.Inputs fills 1296/1932")),
          Map.entry(
              "eyeriss_rs_conv",
              Known.of(
                  Reason.OVERLAP_OF_LEVELS,
                  Reason.REDUCING_CHILDREN,
                  "GLB.Inputs reads 30720/80640",
                  "PSPAD.Outputs reads 3386880/3537408",
                  "PSPAD.Outputs fills 75264/225792")),
          Map.entry(
              "gemv_bw",
              Known.of(Reason.REDUCING_CHILDREN, "RF.Z reads 62208/64512", "RF.Z fills 768/3072")),
          Map.entry(
              "mm_1d_spatial_reduce",
              Known.of(Reason.REDUCING_CHILDREN, "RF.Z reads 9408/10752", "RF.Z fills 192/1536")),
          Map.entry(
              "mm_2d_k_reduce",
              Known.of(
                  Reason.REDUCING_CHILDREN, "RF.Z reads 71680/114688", "RF.Z fills 6144/49152")),
          Map.entry(
              "mm_user_networks",
              Known.of(
                  Reason.REDUCING_CHILDREN, "RF.Z reads 71680/114688", "RF.Z fills 6144/49152")),
          Map.entry(
              "mm_5l",
              Known.of(
                  Reason.REDUCING_CHILDREN, "RF.Z reads 225280/253952", "RF.Z fills 28672/57344")),
          Map.entry(
              "mm_3l_updated_rmw",
              Known.of(
                  Reason.UPDATED_RMW,
                  Reason.REDUCING_CHILDREN,
                  "DRAM.Z reads 0/2048",
                  "RF.Z reads 71680/65536",
                  "RF.Z fills 6144/0")),
          Map.entry("mm_updated_rmw", Known.of(Reason.UPDATED_RMW, "DRAM.Z reads 192/384")),
          Map.entry(
              "mm_no_elision",
              Known.of(
                  Reason.ELISION_OFF,
                  "DRAM.Z reads 192/384",
                  "Buf.Z reads 1344/1536",
                  "Buf.Z fills 192/384")),
          Map.entry(
              "os_conv",
              Known.of(
                  Reason.LINKS,
                  Reason.REFETCH,
                  "DRAM.Inputs reads 11296/11520",
                  "GLB.Inputs reads 294912/122880",
                  "GLB.Inputs fills 11296/11520",
                  "RF.Inputs reads 294912/466944")),
          Map.entry(
              "os_conv_no_link",
              Known.of(
                  Reason.REFETCH, "DRAM.Inputs reads 11296/11520", "GLB.Inputs fills 11296/11520")),
          Map.entry(
              "mm_imperfect_spatial",
              Known.of(
                  Reason.TAILS,
                  "DRAM.B reads 104/128",
                  "DRAM.Z reads 0/24",
                  "DRAM.Z updates 104/128",
                  "GLB.B fills 104/128",
                  "GLB.Z fills 0/24",
                  "RF.A reads 832/768",
                  "RF.A fills 832/624",
                  "RF.B reads 832/768",
                  "RF.B fills 416/312",
                  "RF.Z reads 728/690",
                  "RF.Z updates 832/768")),
          Map.entry(
              "mm_imperfect_temporal",
              Known.of(
                  Reason.TAILS,
                  "DRAM.A reads 280/336",
                  "DRAM.B reads 240/288",
                  "Buf.A fills 280/336",
                  "Buf.B fills 240/288")),
          Map.entry(
              "mm_prime_tail",
              Known.of(
                  Reason.TAILS,
                  Reason.REDUCING_CHILDREN,
                  "DRAM.A reads 391/408",
                  "DRAM.B reads 460/480",
                  "GLB.A fills 391/408",
                  "GLB.B fills 460/480",
                  "RF.A reads 1564/1428",
                  "RF.A fills 391/336",
                  "RF.B reads 1564/1428",
                  "RF.B fills 460/399",
                  "RF.Z reads 136/952",
                  "RF.Z fills 136/896",
                  "RF.Z updates 1564/1428")),
          Map.entry(
              "mm_skew",
              Known.of(
                  Reason.SKEW,
                  "GLB.Z reads 0/12",
                  "GLB.Z updates 16/28",
                  "RF.A reads 64/16",
                  "RF.B reads 64/16",
                  "RF.Z reads 48/36",
                  "RF.Z fills 0/48",
                  "RF.Z updates 64/16")));

  static List<String> names() {
    return Cases.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("own counts differ from Timeloop's by what is listed")
  void differences(String name) {
    TimeloopModel model = TimeloopModel.of(Cases.read(name));
    Known known = KNOWN.getOrDefault(name, NONE);
    Architecture architecture = model.hardware().architecture();
    LoopTree tree = model.mapping().orElseThrow().tree();
    Legality.check(model.einsum(), architecture, tree);
    assertThat(
            differences(
                model,
                own(model, architecture),
                theirs(model, Expected.of(name).switches()),
                false))
        .isEqualTo(known.differences());
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("what the model counts is what the brute force counts")
  void bruteForce(String name) {
    TimeloopModel model = TimeloopModel.of(Cases.read(name));
    Einsum einsum = model.einsum();
    if (einsum.computes() <= MOST_POINTS) {
      Architecture a = model.hardware().architecture();
      LoopTree tree = model.mapping().orElseThrow().tree();
      assertThat(DenseModel.analyze(einsum, a, tree).counts())
          .isEqualTo(Simulator.run(einsum, a, tree).counts());
    }
  }

  /** With each rule of Timeloop's that is given as a reason taken away, nothing differs. */
  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("the reasons are the reasons")
  void reasons(String name) {
    Set<Reason> reasons = KNOWN.getOrDefault(name, NONE).reasons();
    TimeloopModel model = TimeloopModel.of(Cases.read(name));
    Nest nest = model.mapping().orElseThrow().nest();
    assertThat(reasons.contains(Reason.TAILS)).isEqualTo(!nest.isPerfect());
    assertThat(reasons.contains(Reason.SKEW))
        .isEqualTo(nest.levels().stream().anyMatch(l -> l.skew().isPresent()));
    if (reasons.contains(Reason.TAILS)
        || reasons.contains(Reason.SKEW)
        || reasons.contains(Reason.OVERLAP_OF_LEVELS)
        || reasons.contains(Reason.GAPS)) {
      return; // no switch takes these away
    }
    var on = EnumSet.noneOf(Switch.class);
    on.addAll(Expected.of(name).switches().on());
    if (reasons.contains(Reason.ELISION_OFF)) {
      on.remove(Switch.NO_FIRST_READ_ELISION);
    }
    if (reasons.contains(Reason.UPDATED_RMW)) {
      on.remove(Switch.UPDATED_RMW);
    }
    if (reasons.contains(Reason.LINKS)) {
      on.add(Switch.NO_LINKS);
    }
    if (reasons.contains(Reason.REFETCH)) {
      on.add(Switch.NO_REFETCH);
    }
    Architecture architecture =
        reasons.contains(Reason.OVERLAP)
            ? sharingTiles(model.hardware().architecture())
            : model.hardware().architecture();
    assertThat(
            differences(
                model,
                own(model, architecture),
                theirs(model, new Switches(on)),
                reasons.contains(Reason.REDUCING_CHILDREN)))
        .isEmpty();
  }

  private static Architecture sharingTiles(Architecture architecture) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      nodes.add(
          node instanceof Fanout f
              ? new Fanout(
                  f.name(),
                  f.dimensions(),
                  Fanout.Multicast.TILES,
                  f.reduce(),
                  f.transfer(),
                  f.areaUm2(),
                  f.leakageUw())
              : node);
    }
    return architecture.withNodes(nodes);
  }

  private static Counts own(TimeloopModel model, Architecture architecture) {
    LoopTree tree = model.mapping().orElseThrow().tree();
    return DenseModel.analyze(model.einsum(), architecture, tree).counts();
  }

  private static Evaluation theirs(TimeloopModel model, Switches switches) {
    return model.account(switches).evaluation();
  }

  /**
   * What differs, ours before theirs.
   *
   * @param fillAll whether each child that adds up a word counts as filled with its starting value
   */
  private static List<String> differences(
      TimeloopModel model, Counts counts, Evaluation theirs, boolean fillAll) {
    List<String> all = new ArrayList<>();
    for (Memory m : model.hardware().architecture().memories()) {
      for (TensorAccess t : model.einsum().tensors()) {
        Flows own = counts.component(m.name()).total(t.name());
        long more = fillAll ? (addingUp(model, m, t) - 1) * own.fills() : 0;
        Flows other =
            theirs.components().stream()
                .filter(c -> c.node().name().equals(m.name()))
                .findFirst()
                .orElseThrow()
                .flows(t.name());
        String what = m.name() + "." + t.name() + " ";
        add(all, what + "reads", own.reads() + more, other.reads());
        add(all, what + "fills", own.fills() + more, other.fills());
        add(all, what + "updates", own.updates(), other.updates());
      }
    }
    return all;
  }

  /** How many instances of a memory add up one word of the result. */
  private static long addingUp(TimeloopModel model, Memory memory, TensorAccess tensor) {
    long children = 1;
    if (!tensor.equals(model.einsum().output())) {
      return children;
    }
    for (Nest.Level level : model.mapping().orElseThrow().nest().levels()) {
      if (level.memory().equals(memory.name())) {
        return children;
      }
      for (Nest.Loop l : level.space()) {
        children *= tensor.indexedBy(l.dimension()) ? 1 : l.count();
      }
    }
    throw new IllegalStateException("no level " + memory.name());
  }

  private static void add(List<String> all, String what, long own, long other) {
    if (own != other) {
      all.add(what + " " + own + "/" + other);
    }
  }
}
