package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Piece.Branch;
import org.einloom.io.timeloop.front.Piece.Node;
import org.einloom.io.timeloop.front.Tree.Leaf;

/** Which node keeps which tensor, and which go past it. */
final class Keeps {
  /** What one node is asked to keep and let pass; a tensor is in one of the lists at most. */
  static final class Choice {
    final Map<String, Position> keep = new LinkedHashMap<>();
    final Map<String, Position> bypass = new LinkedHashMap<>();
    final Position at;
    final String what;

    Choice(Rules rules) {
      this.at = rules.at();
      this.what = rules.what();
    }

    Choice(Node node) {
      this.at = node.at;
      this.what = "the dataspace constraints of '" + node.name + "'";
    }

    void keep(String tensor, Position place) {
      add(keep, bypass, tensor, place);
    }

    void bypass(String tensor, Position place) {
      add(bypass, keep, tensor, place);
    }

    private void add(
        Map<String, Position> to, Map<String, Position> not, String tensor, Position place) {
      Position other = not.get(tensor);
      if (other != null) {
        throw place.error(
            what + " both keep and bypass " + Words.quote(tensor), "the other one is at " + other);
      }
      to.putIfAbsent(tensor, place);
    }
  }

  private final Tensors tensors;
  private final Map<Node, Choice> choices = new LinkedHashMap<>();

  Keeps(Tensors tensors) {
    this.tensors = tensors;
  }

  /** What the constraints of a node say. */
  Choice read(Rules rules) {
    var choice = new Choice(rules);
    String what = rules.what();
    tensors.named(rules.words("keep"), what).forEach(l -> choice.keep(l.value(), l.at()));
    tensors.named(rules.words("bypass"), what).forEach(l -> choice.bypass(l.value(), l.at()));
    for (String key : List.of("keep_only", "bypass_only")) {
      Tree given = rules.find(key);
      if (given == null) {
        continue;
      }
      Position at = given.at();
      List<Leaf> named = tensors.named(rules.words(key), what);
      boolean keep = key.equals("keep_only");
      for (Leaf l : named) {
        put(choice, keep, l.value(), l.at());
      }
      for (String other : tensors.without(named)) {
        put(choice, !keep, other, at);
      }
    }
    return choice;
  }

  private static void put(Choice choice, boolean keep, String tensor, Position at) {
    if (keep) {
      choice.keep(tensor, at);
    } else {
      choice.bypass(tensor, at);
    }
  }

  /** Reads all nodes, and lets every tensor pass the branches beside the one that keeps it. */
  void resolve(Branch all) {
    for (Node node : all.nodes()) {
      Rules rules = node.rules.get(Rules.DATASPACE);
      choices.put(node, rules == null ? new Choice(node) : read(rules));
    }
    branch(all, tensors.dimensions().keySet());
  }

  private void branch(Branch branch, Set<String> arriving) {
    List<Set<String>> kept = new ArrayList<>();
    for (Piece piece : branch.pieces()) {
      Set<String> here = new LinkedHashSet<>();
      piece.nodes().forEach(n -> here.addAll(choice(n).keep.keySet()));
      kept.add(here);
    }
    if (branch.parallel()) {
      check(branch, kept, arriving);
    }
    for (int i = 0; i < branch.pieces().size(); i++) {
      Piece piece = branch.pieces().get(i);
      if (branch.parallel()) {
        for (Node node : piece.nodes()) {
          for (String tensor : tensors.dimensions().keySet()) {
            if (!kept.get(i).contains(tensor)) {
              choice(node).bypass(tensor, node.at);
            }
          }
        }
      }
      if (piece instanceof Branch inner) {
        branch(inner, branch.parallel() ? kept.get(i) : arriving);
      }
    }
  }

  private void check(Branch branch, List<Set<String>> kept, Set<String> arriving) {
    for (String tensor : tensors.dimensions().keySet()) {
      List<Piece> keepers = new ArrayList<>();
      for (int i = 0; i < kept.size(); i++) {
        if (kept.get(i).contains(tensor)) {
          keepers.add(branch.pieces().get(i));
        }
      }
      if (keepers.size() > 1) {
        throw keepers
            .get(1)
            .at()
            .error(
                "two branches of '!Parallel' keep " + Words.quote(tensor),
                "the other one is at " + keepers.getFirst().at(),
                "expected each tensor in one branch");
      }
      if (keepers.isEmpty() && arriving.contains(tensor)) {
        throw branch
            .at()
            .error(
                "no branch of '!Parallel' keeps " + Words.quote(tensor),
                "expected 'constraints: {dataspace: {keep: ["
                    + tensor
                    + "]}}' in one of them; "
                    + "to let it pass all of them, add '- !Nothing' with these constraints");
      }
    }
  }

  Choice choice(Node node) {
    return choices.computeIfAbsent(node, Choice::new);
  }
}
