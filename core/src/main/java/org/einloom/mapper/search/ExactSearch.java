package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapper.SearchLog;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapping.LoopTree;
import org.einloom.model.LongKey;
import org.jspecify.annotations.Nullable;

/**
 * Searches the whole mapspace of an Einsum of regular tensors with tiles that divide each other:
 * placements, then the spreads of one fanout after the other from outside, best bound first; when
 * all are chosen, {@link TemporalSearch}. Ends when nothing in line can be better than what is
 * known.
 */
final class ExactSearch {
  /** So many placements are tried for a first mapping. */
  private static final int MOST_DIVES = 64;

  private static final long MOST_TRYING = 50_000;

  /** If structures are not searched sooner than bounded, so many are not tried. */
  private static final int LONGEST_PAUSE = 64;

  /** To look for a mapping long before a structure's turn, so many labels are made. */
  private static final long MOST_PROBING = 3_000;

  /** So many structures are remembered to be looked into. */
  private static final int MOST_REMEMBERED = 1_000;

  /** When so many structures were bounded by positions, a promising one is looked for. */
  private static final long SCOUTING_FROM = 128;

  /** While one label is made, about so many tiles are bounded. */
  private static final long TILES_PER_LABEL = 3;

  /** So many other dataflows are costed for those who ask why the winner won. */
  private static final int MOST_OTHERS = 4;

  private static final long MOST_COSTING = 50_000;

  private final Problem problem;

  /** What is asked, where the problem is a part of it. */
  private final Problem whole;

  private final Incumbents best;
  private final TemporalSearch temporal = new TemporalSearch();
  double lowerBound = Double.NEGATIVE_INFINITY;
  boolean proven;
  private boolean complete;
  private final PriorityQueue<Open> open = new PriorityQueue<>();

  /** What the structure whose search was stopped costs at least. */
  private double stoppedAt = Double.POSITIVE_INFINITY;

  private long asked;

  /** When so many spreads were looked at, the most promising is completed. */
  private long nextCompletion = 64;

  /** So many structures were bounded; and at how many the best of the last is looked into. */
  private long looked;

  private long nextProbe = 4;
  private long nextScouting = SCOUTING_FROM;

  /** Structures whose bounds by positions are known, and that nobody has looked into. */
  private final PriorityQueue<Open> promising = new PriorityQueue<>();

  private final Set<LongKey> probed = new HashSet<>();
  private final List<Placement> placements = new ArrayList<>();

  /** By placement, where no fanout is spread yet. */
  private final Map<Placement, Open> begun = new HashMap<>();

  private final List<Open> others = new ArrayList<>();
  private @Nullable Open winner;
  final List<SearchLog.Alternative> runnersUp = new ArrayList<>();
  private final int[] classes;
  private final int[] mirror;
  private final boolean regular;
  private final Set<Signature> seen = new HashSet<>();
  private final LeastCost.Part[] extended;
  private final List<List<Spread>> choices = new ArrayList<>();

  /** {@code [fanout][choice]}: how the factors compare with their mirror image. */
  private final int[][] mirrored;

  private final LeastCost leastCost;
  private long number;

  private final PositionBounds positions = new PositionBounds();

  /** What the best of the stands of structures that are alike costs, in pJ beyond the least. */
  private final Map<Alike, Excess> standing = new HashMap<>();

  /** So many structures are bounded before one is searched instead. */
  private int until;

  /** How many the next time. */
  private int pause = 1;

  /** The least value by the best bound so far of a structure. */
  private double promised = Double.POSITIVE_INFINITY;

  /** How often there was something to report. */
  private int reports;

  /** What all that is searched beside this one costs at least, but for the best mapping. */
  private double beside = Double.NEGATIVE_INFINITY;

  /** What all that comes of what was taken from the line last costs at least. */
  private double atHand = Double.NEGATIVE_INFINITY;

  /** The mapping that was last asked of the model, and what it said. */
  private @Nullable LoopTree modelled;

  private double modelledValue;

  long twins;
  long hopeless;
  long structures;
  long structuresSearched;

  /** The searches that together cover a problem, sharing what is known. */
  static List<ExactSearch> of(Problem problem, Incumbents best) {
    boolean regular = true;
    boolean interleaved = false;
    for (boolean r : problem.regular) {
      regular &= r;
    }
    for (int f : problem.fanouts) {
      interleaved |= problem.fanout(f).dimensions().size() > 1;
    }
    List<Problem> parts =
        regular || !interleaved ? List.of(problem) : Split.of(problem).orElse(List.of(problem));
    return parts.stream().map(p -> new ExactSearch(p, problem, best)).toList();
  }

  private ExactSearch(Problem problem, Problem whole, Incumbents best) {
    this.problem = problem;
    this.whole = whole;
    classes = problem.classes();
    mirror = problem.mirror();
    boolean all = true;
    for (boolean r : problem.regular) {
      all &= r;
    }
    regular = all;
    this.best = best;
    for (int f : problem.fanouts) {
      choices.add(Spread.all(problem, f));
    }
    leastCost = new LeastCost(problem, choices);
    extended = new LeastCost.Part[problem.tensors.size()];
    mirrored = mirrored();
  }

  /**
   * Takes bounds of what mappings cost for their costs, where they need not be: what is found has
   * to be held against the model, and if that says more, nothing is proven.
   */
  void trust() {
    temporal.trusting = true;
  }

  /** Whether that made a difference. */
  boolean trusted() {
    return temporal.trusted();
  }

  long evaluated() {
    return temporal.evaluated() + structures;
  }

  /** Whether all was searched, but some of it by bounds instead of costs. */
  boolean compared() {
    return complete && !proven;
  }

  long dominated() {
    return temporal.dominated();
  }

  long prunedLabels() {
    return temporal.pruned();
  }

  /** Takes up all placements, and tries for a first mapping. */
  void lineUp() {
    Spread[] none = new Spread[choices.size()];
    Arrays.fill(none, Spread.none(problem.variables));
    for (Placement placement : Placement.all(problem)) {
      start(open, placement, none);
    }
    begin();
    if (!open.isEmpty() && !problem.options.monitor().stop()) {
      improve(open.peek().placement());
    }
    report(0); // what others have in line is not known here
  }

  /** What all that was searched or left out here costs at least, where it is not best. */
  double lineBound() {
    return Math.min(openBound(), temporal.boundOfUneven());
  }

  /** What all that is still in line costs at least. */
  double openBound() {
    return open.isEmpty() ? Double.POSITIVE_INFINITY : open.peek().value();
  }

  /** Whether nothing in line can be better than what is known. */
  boolean finished() {
    return open.isEmpty() || (!best.wantsFront() && openBound() > best.value * (1 + 1e-11));
  }

  /**
   * Searches what promises most, until something elsewhere promises more, or nothing is left.
   *
   * @param elsewhere what mappings that are in line elsewhere cost at least
   * @param beside the same of all that was left out there, too, but for the best mapping
   * @return whether it was not told to stop
   */
  boolean advance(double elsewhere, double beside) {
    SearchMonitor monitor = problem.options.monitor();
    this.beside = beside;
    int fanouts = choices.size();
    while (!finished() && openBound() <= elsewhere) {
      Open o = open.remove();
      atHand = o.value();
      report(atHand);
      if (monitor.stop()) {
        open.add(o);
        return false;
      }
      if (o.assigned() < fanouts) {
        for (int choice = 0; choice < choices.get(o.assigned()).size(); choice++) {
          if ((++asked & 255) == 0 && monitor.stop()) {
            open.add(o);
            return false;
          }
          extend(open, o, choice);
        }
        if (asked >= nextCompletion) {
          nextCompletion = 2L * asked;
          probe(complete(o));
        }
        continue;
      }
      Structure structure = new Structure(problem, o.placement(), o.spreads());
      if (structuresSearched == 0) {
        temporal.dive(structure, best);
        temporal.beam(structure, best);
      }
      double next = Math.min(openBound(), elsewhere);
      if (structuresSearched > 0 && o.bounded() < Open.BY_TILES) {
        o = bounded(o, structure, next);
        if (o == null) {
          hopeless++;
          continue;
        }
        remember(o);
        if (++looked >= nextProbe) {
          nextProbe = 2 * looked;
          if (positions.found() >= nextScouting && !promising.isEmpty()) {
            scout(promising.peek());
            nextScouting = 4 * positions.found();
          }
          probe(unprobed());
        }
        // what may be best of all is searched at once: a good mapping early leaves out much
        if (o.bounded() < Open.BY_TILES || o.value() > Math.max(next, promised)) {
          open.add(o);
          continue;
        }
        promised = Math.min(promised, o.value());
      }
      structuresSearched++;
      if (others.size() < MOST_OTHERS) {
        others.add(o);
      }
      double before = best.value;
      if (temporal.run(structure, o.stands(), Long.MAX_VALUE, best, within(next), next)
          == TemporalSearch.End.STOPPED) {
        stoppedAt = Math.max(o.value(), temporal.openBound());
        return false;
      }
      if (best.value < before) {
        winner = o;
      }
    }
    return true;
  }

  /**
   * Who has to stop in time has to know that there is a mapping.
   *
   * @param rest what all other mappings cost at least
   */
  private void report(double rest) {
    LoopTree mapping = best.mapping;
    if (mapping != null && (++reports <= 16 || (reports & 63) == 0)) {
      tell(mapping, rest);
    }
  }

  private void tell(LoopTree mapping, double rest) {
    // where bounds are taken for costs, that of the best is no more than what it costs
    double bound = Math.min(Math.min(best.value, rest), Math.min(beside, temporal.boundOfUneven()));
    problem.options.monitor().report(valueOf(mapping), bound, evaluated());
  }

  /**
   * Watches the search of one structure, which knows nothing of the rest.
   *
   * @param rest what is not in line here and not searched there costs at least
   */
  private SearchMonitor within(double rest) {
    return new SearchMonitor() {
      @Override
      public boolean stop() {
        return problem.options.monitor().stop();
      }

      @Override
      public void report(double value, double lowerBound, long evaluated) {
        LoopTree mapping = best.mapping;
        if (mapping != null) {
          tell(mapping, Math.min(lowerBound, rest));
        }
      }
    };
  }

  /** What the mapping costs by the model, where the search may hold a bound for its cost. */
  private double valueOf(LoopTree mapping) {
    if (!temporal.trusting || regular) {
      return best.value;
    }
    if (!mapping.equals(modelled)) {
      Evaluation e = Searches.evaluate(whole, mapping);
      modelled = mapping;
      modelledValue = best.value(e.energyPj(), e.latencyCycles());
    }
    return modelledValue;
  }

  /** Sums up, when nothing more is searched here. */
  void end() {
    if (!finished() || Double.isFinite(stoppedAt)) {
      lowerBound = Math.min(best.value, Math.min(openBound(), stoppedAt));
      return;
    }
    complete = true;
    // where busiest instances do more than the mean, labels were compared by bounds of their cost
    proven = temporal.nothingLost(best);
    lowerBound = Math.min(best.value, temporal.boundOfUneven());
    runUp(open);
  }

  /** A structure that begins so, each fanout spread as it costs least so far; null if none does. */
  private @Nullable Open complete(Open begun) {
    long counted = structures;
    long leftOut = hopeless;
    @Nullable Open o = begun;
    while (o != null && o.assigned() < choices.size()) {
      @Nullable Open next = null;
      for (int choice = 0; choice < choices.get(o.assigned()).size(); choice++) {
        if (divides(o.spreads(), o.assigned(), choices.get(o.assigned()).get(choice))) {
          Open with = with(o, choice, o.even());
          next = with != null && (next == null || with.compareTo(next) < 0) ? with : next;
        }
      }
      o = next;
    }
    structures = counted; // all of them have their turn, and are counted then
    hopeless = leftOut;
    return o;
  }

  /** A structure near to another of which more may be hoped. */
  private void scout(Open from) {
    long counted = structures;
    long leftOut = hopeless;
    int[] at = new int[choices.size()];
    int[] counts = new int[at.length];
    for (int f = 0; f < at.length; f++) {
      at[f] = choices.get(f).indexOf(from.spreads()[f]);
      counts[f] = choices.get(f).size();
    }
    new Scout(placements, counts, this::completed, this::promise).from(from, at);
    structures = counted;
    hopeless = leftOut;
  }

  /** Remembers a structure to look into; of many, those that promise most. */
  private void remember(Open o) {
    promising.add(o);
    if (promising.size() > MOST_REMEMBERED) {
      List<Open> left = new ArrayList<>();
      while (left.size() < MOST_REMEMBERED / 4) {
        left.add(promising.remove());
      }
      promising.clear();
      promising.addAll(left);
    }
  }

  /** The most promising structure that nobody has looked into. */
  private @Nullable Open unprobed() {
    while (!promising.isEmpty()) {
      Open o = promising.remove();
      var key = new LongKey.Builder();
      key.add((long) placements.indexOf(o.placement()));
      for (int f = 0; f < o.spreads().length; f++) {
        key.add((long) choices.get(f).indexOf(o.spreads()[f]));
      }
      if (probed.add(key.key())) {
        return o;
      }
    }
    return null;
  }

  private @Nullable Open completed(Placement placement, int[] chosen) {
    @Nullable Open o = begun.get(placement);
    while (o != null && o.assigned() < chosen.length) {
      int f = o.assigned();
      boolean divides = divides(o.spreads(), f, choices.get(f).get(chosen[f]));
      o = divides ? with(o, chosen[f], o.even()) : null;
    }
    return o;
  }

  /** What a structure costs at least by positions. */
  private double promise(Open o) {
    Structure s = new Structure(problem, o.placement(), o.spreads());
    double[] least = s.least();
    double roomPj = best.roomPj(least[0], least[1]);
    if (s.impossible || roomPj < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double energyPj = least[0] + positions.of(s, roomPj).within(roomPj);
    if (best.prunes(energyPj, least[1])) {
      return Double.POSITIVE_INFINITY;
    }
    double value = best.value(energyPj, least[1]);
    remember(
        new Open(
            value,
            best.tie(energyPj, least[1]),
            o.number(),
            o.placement(),
            o.spreads(),
            o.parts(),
            o.assigned(),
            o.even(),
            Open.BY_STRUCTURE,
            null));
    return value;
  }

  /**
   * Looks for a mapping of a structure, with some effort. Long before it is its turn: what is known
   * leaves out much, and is what there is if the search is stopped.
   */
  private void probe(@Nullable Open o) {
    if (o == null) {
      return;
    }
    double before = best.value;
    Structure s = new Structure(problem, o.placement(), o.spreads());
    if (s.impossible) {
      return;
    }
    temporal.run(s, o.stands(), MOST_PROBING, best, within(atHand), openBound());
    if (best.value < before) {
      winner = o;
    }
  }

  /** The same with a better bound; null if nothing of it can be better than what is known. */
  private @Nullable Open bounded(Open o, Structure structure, double next) {
    double[] least = structure.least();
    double[] stands = o.stands();
    int bounded = o.bounded();
    double roomPj = best.roomPj(least[0], least[1]);
    boolean ask = bounded == Open.BY_STRUCTURE;
    Excess first = ask ? positions.of(structure, roomPj) : positions.known(structure);
    double firstPj = first.within(roomPj);
    bounded = Math.max(bounded, Open.BY_POSITIONS);
    if (best.prunes(least[0] + firstPj, least[1])) {
      return null;
    }
    Alike alike = Alike.of(structure);
    double stood = standing.getOrDefault(alike, Excess.NONE).within(roomPj);
    double energy = least[0] + Math.max(firstPj, stood);
    if (best.prunes(energy, least[1])) {
      return null;
    }
    // each of these takes longer than the one before: only what is next in line is worth it
    if (bounded == Open.BY_POSITIONS
        && (o.bounded() == bounded || best.value(energy, least[1]) <= next)) {
      stands = temporal.bounds(structure).within(best).byStandPj(firstPj);
      bounded = Open.BY_STANDS;
      energy = stood(alike, structure, stands, roomPj, energy);
      if (best.prunes(energy, least[1])) {
        return null;
      }
    }
    if (bounded == Open.BY_STANDS
        && stands != null
        && (o.bounded() == bounded || best.value(energy, least[1]) <= next)) {
      bounded = Open.BY_TILES;
      long tiles = temporal.bounds(structure).tiles(stands, best);
      if (tiles > 0) {
        if (--until <= 0) {
          if (attempt(o, structure, stands, tiles)) {
            pause = Math.max(1, pause / 2);
            return null;
          }
          pause = Math.min(LONGEST_PAUSE, pause * 2);
          until = pause;
        }
        stands = temporal.bounds(structure).byTilePj(stands, best);
        roomPj = best.roomPj(least[0], least[1]);
        energy = stood(alike, structure, stands, roomPj, energy);
        if (best.prunes(energy, least[1])) {
          return null;
        }
      }
    }
    double value = Math.max(o.value(), best.value(energy, least[1]));
    double tie = Math.max(o.tie(), best.tie(energy, least[1]));
    return new Open(
        value,
        tie,
        o.number(),
        o.placement(),
        o.spreads(),
        o.parts(),
        o.assigned(),
        o.even(),
        bounded,
        stands);
  }

  /** What a structure costs at least by what is known of its stands. */
  private double stood(
      Alike alike, Structure structure, double[] stands, double roomPj, double energyPj) {
    double stood = Arrays.stream(stands).min().orElse(0);
    standing.merge(alike, new Excess(stood, roomPj), Excess::higher);
    return Math.max(energyPj, structure.least()[0] + stood);
  }

  /** Searches a structure, unless that takes longer than bounding it better; whether it was. */
  private boolean attempt(Open o, Structure structure, double[] stands, long tiles) {
    double before = best.value;
    long most = tiles / TILES_PER_LABEL + 16;
    TemporalSearch.End end =
        temporal.run(structure, stands, most, best, within(o.value()), o.value());
    if (best.value < before) {
      winner = o;
    }
    if (end == TemporalSearch.End.STOPPED) {
      return false;
    }
    structuresSearched++;
    if (others.size() < MOST_OTHERS) {
      others.add(o);
    }
    return true;
  }

  /** Costs the most promising structures that did not win, each by its own best loops. */
  private void runUp(PriorityQueue<Open> left) {
    if (best.wantsFront() || best.mapping == null || !problem.options.alternatives()) {
      return;
    }
    temporal.trusting = false;
    while (others.size() < MOST_OTHERS && !left.isEmpty()) {
      Open o = left.remove();
      if (o.assigned() == o.spreads().length) {
        others.add(o);
      }
    }
    for (Open o : others) {
      if ((winner != null && o.isSame(winner)) || runnersUp.size() == MOST_OTHERS - 1) {
        continue;
      }
      Incumbents own = best.anew();
      long before = temporal.evaluated();
      temporal.forgetUneven();
      Structure s = new Structure(problem, o.placement(), o.spreads());
      TemporalSearch.End end =
          temporal.run(s, own, limited(before + MOST_COSTING), Double.NEGATIVE_INFINITY);
      boolean exact = end == TemporalSearch.End.PROVEN && temporal.nothingLost(own);
      double value = exact ? own.value : Math.max(o.value(), Math.min(own.value, bound(end)));
      value = exact ? value : Math.max(value, lowerBound); // no mapping is better
      if (Double.isFinite(value)) {
        runnersUp.add(
            new SearchLog.Alternative(describe(o.placement(), o.spreads()), value, exact));
      }
    }
    runnersUp.sort(Comparator.comparingDouble(SearchLog.Alternative::value));
  }

  private double bound(TemporalSearch.End end) {
    double bound = temporal.boundOfUneven();
    return end == TemporalSearch.End.PROVEN ? bound : Math.min(bound, temporal.openBound());
  }

  /** What is spread over which fanout, and what is kept where, in words. */
  String describe(Placement placement, Spread[] spreads) {
    List<String> parts = new ArrayList<>();
    for (int f = 0; f < spreads.length; f++) {
      List<String> loops = new ArrayList<>();
      for (int v = 0; v < problem.variables; v++) {
        if (spreads[f].factor()[v] > 1) {
          loops.add(problem.variable(v) + " x" + spreads[f].factor()[v]);
        }
      }
      String name = problem.fanout(problem.fanouts[f]).name().replace('\u0000', '.');
      parts.add(name + " " + (loops.isEmpty() ? "unused" : String.join(", ", loops)));
    }
    List<String> kept = new ArrayList<>();
    for (int m : problem.memories) {
      List<String> tensors = new ArrayList<>();
      boolean choice = false;
      for (int t = 0; t < problem.tensors.size(); t++) {
        int[] chain = placement.chains()[t];
        var keep = problem.memory(m).keep();
        choice |=
            m != problem.memories[0]
                && keep.allows(problem.tensors.get(t))
                && !keep.requires(problem.tensors.get(t));
        if (Arrays.stream(chain).anyMatch(x -> x == m)) {
          tensors.add(problem.tensors.get(t).name());
        }
      }
      if (choice) {
        kept.add(
            problem.memory(m).name()
                + " "
                + (tensors.isEmpty() ? "empty" : String.join(", ", tensors)));
      }
    }
    return String.join("; ", parts)
        + (kept.isEmpty() ? "" : "; keeping " + String.join("; ", kept));
  }

  private SearchMonitor limited(long mostEvaluated) {
    SearchMonitor monitor = problem.options.monitor();
    return new SearchMonitor() {
      @Override
      public boolean stop() {
        return temporal.evaluated() > mostEvaluated || monitor.stop();
      }

      @Override
      public void report(double value, double lowerBound, long evaluated) {}
    };
  }

  /** Whenever the search is stopped, there is to be a mapping. */
  private void begin() {
    Spread[] first = new Spread[choices.size()];
    long[] product = new long[problem.variables];
    Arrays.fill(product, 1);
    for (int f = 0; f < first.length; f++) {
      if (choices.get(f).isEmpty()) {
        return;
      }
      first[f] = choices.get(f).getFirst();
      for (int v = 0; v < product.length; v++) {
        product[v] *= first[f].factor()[v];
        if (problem.extent[v] % product[v] != 0) {
          return;
        }
      }
    }
    int dives = 0;
    for (Placement placement : Placement.all(problem)) {
      if (best.mapping != null || ++dives > MOST_DIVES) {
        return;
      }
      temporal.dive(new Structure(problem, placement, first), best);
    }
  }

  /** A good mapping early leaves out much: that of a well used structure, as far as it is quick. */
  private void improve(Placement placement) {
    Spread[] chosen = new Spread[choices.size()];
    Arrays.fill(chosen, Spread.none(problem.variables));
    for (int f = 0; f < chosen.length; f++) {
      @Nullable Spread most = null;
      for (Spread spread : choices.get(f)) {
        if (divides(chosen, f, spread) && (most == null || spread.used() > most.used())) {
          most = spread;
        }
      }
      if (most == null) {
        return;
      }
      chosen[f] = most;
    }
    Structure s = new Structure(problem, placement, chosen);
    if (s.impossible) {
      return;
    }
    temporal.dive(s, best);
    temporal.run(s, best, limited(temporal.evaluated() + MOST_TRYING), Double.NEGATIVE_INFINITY);
  }

  private boolean divides(Spread[] spreads, int assigned, Spread spread) {
    for (int v = 0; v < problem.variables; v++) {
      long product = spread.factor()[v];
      for (int f = 0; f < assigned; f++) {
        product *= spreads[f].factor()[v];
      }
      if (problem.extent[v] % product != 0
          || (problem.rules != null && !problem.rules.allow(v, problem.extent[v] / product))) {
        return false;
      }
    }
    return true;
  }

  private void start(PriorityQueue<Open> open, Placement placement, Spread[] none) {
    LeastCost.Part[] parts = leastCost.roots(placement);
    if (kept(parts, 0, 1)) {
      Open o = open(placement, none, parts, 0, true);
      open.add(o);
      placements.add(placement);
      begun.put(placement, o);
    }
  }

  /** One more fanout spread, unless nothing of it can be better than what is known. */
  private void extend(PriorityQueue<Open> open, Open o, int choice) {
    int f = o.assigned();
    Spread spread = choices.get(f).get(choice);
    if (!divides(o.spreads(), f, spread)) {
      return;
    }
    if (o.even() && mirrored[f][choice] > 0) {
      twins++;
      return;
    }
    Open with = with(o, choice, o.even() && mirrored[f][choice] == 0);
    if (with == null) {
      return;
    }
    if (regular
        && !problem.namesVariables()
        && !seen.add(new Signature(o.placement(), byClass(with.spreads(), f + 1)))) {
      twins++;
      return;
    }
    open.add(with);
  }

  /** The same with one more fanout spread; null if it cannot be better than what is known. */
  private @Nullable Open with(Open o, int choice, boolean even) {
    int f = o.assigned();
    Spread spread = choices.get(f).get(choice);
    double used = (double) spread.used();
    for (int i = 0; i < f; i++) {
      used *= (double) o.spreads()[i].used();
    }
    leastCost.next(o.parts(), o.placement(), o.spreads(), f, choice, extended);
    if (!kept(extended, f + 1, used)) {
      return null;
    }
    Spread[] with = o.spreads().clone();
    with[f] = spread;
    return open(o.placement(), with, extended.clone(), f + 1, even);
  }

  /** Bounds a structure; whether it may be better than what is known. */
  private boolean kept(LeastCost.Part[] parts, int assigned, double used) {
    structures++;
    if (leastCost.sum(parts, assigned, used)
        && !best.prunes(leastCost.energyPj, leastCost.cycles)) {
      return true;
    }
    hopeless++;
    return false;
  }

  /** What has just been bounded. */
  private Open open(
      Placement placement, Spread[] spreads, LeastCost.Part[] parts, int assigned, boolean even) {
    return new Open(
        best.value(leastCost.energyPj, leastCost.cycles),
        best.tie(leastCost.energyPj, leastCost.cycles),
        number++,
        placement,
        spreads,
        parts,
        assigned,
        even,
        Open.BY_STRUCTURE,
        null);
  }

  /** What a placement and some spreads are told apart by. */
  private record Signature(Placement placement, LongKey factors) {}

  /** By fanout and class of variables, the product of the factors: all that bounds depend on. */
  private LongKey byClass(Spread[] spreads, int assigned) {
    long[] product = new long[assigned * problem.variables];
    Arrays.fill(product, 1L);
    for (int f = 0; f < assigned; f++) {
      for (int v = 0; v < problem.variables; v++) {
        product[f * problem.variables + classes[v]] *= spreads[f].factor()[v];
      }
    }
    return new LongKey(product);
  }

  /**
   * How choices compare with their mirror image, fanout by fanout; 0 where none is told apart. Of
   * two structures that are each other's mirror image, the one is searched whose first fanout that
   * differs from its image comes before it.
   */
  private int[][] mirrored() {
    int[][] compared = new int[choices.size()][];
    boolean closed = !regular && !problem.namesVariables();
    for (int f = 0; f < compared.length; f++) {
      Set<LongKey> there = new HashSet<>();
      choices.get(f).forEach(s -> there.add(new LongKey(s.factor())));
      for (Spread s : choices.get(f)) {
        closed &= there.contains(new LongKey(image(s.factor())));
      }
    }
    for (int f = 0; f < compared.length; f++) {
      compared[f] = new int[choices.get(f).size()];
      for (int i = 0; closed && i < compared[f].length; i++) {
        long[] factor = choices.get(f).get(i).factor();
        compared[f][i] = Arrays.compare(factor, image(factor));
      }
    }
    return compared;
  }

  /** A spread of the variables that trade places with others. */
  long[] image(long[] factor) {
    long[] image = new long[factor.length];
    for (int v = 0; v < image.length; v++) {
      image[v] = factor[mirror[v]];
    }
    return image;
  }

  /**
   * What stands for a structure: the numbers of its spreads, or of those of its mirror image if
   * that is searched instead; where all tensors are regular, products by class.
   */
  LongKey standsFor(Spread[] spreads) {
    if (regular && !problem.namesVariables()) {
      return byClass(spreads, spreads.length);
    }
    boolean even = true;
    boolean instead = false;
    var key = new LongKey.Builder();
    for (int f = 0; f < spreads.length; f++) {
      int c = mirrored[f][choice(f, spreads[f].factor())];
      instead |= even && c > 0;
      even &= c == 0;
    }
    for (int f = 0; f < spreads.length; f++) {
      long[] factor = spreads[f].factor();
      key.add(choice(f, instead ? image(factor) : factor));
    }
    return key.key();
  }

  private int choice(int f, long[] factor) {
    for (int i = 0; i < choices.get(f).size(); i++) {
      if (Arrays.equals(choices.get(f).get(i).factor(), factor)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no such spread");
  }
}
