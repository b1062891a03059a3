package io.jenkins.plugins.darwin.config;

import io.jenkins.plugins.darwin.edit.Glob;
import io.jenkins.plugins.darwin.edit.PlacePath;
import io.jenkins.plugins.darwin.edit.Placeholders;
import io.jenkins.plugins.darwin.edit.RegexPlaces;
import io.jenkins.plugins.darwin.model.GitRules;
import io.jenkins.plugins.darwin.model.Person;
import io.jenkins.plugins.darwin.model.ReleaseConfig;
import io.jenkins.plugins.darwin.model.ReleaseConfig.AfterBump;
import io.jenkins.plugins.darwin.model.ReleaseConfig.ImageSource;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Latest;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Leave;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Merge;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Place;
import io.jenkins.plugins.darwin.model.ReleaseConfig.PlaceKind;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Publishing;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Registries;
import io.jenkins.plugins.darwin.model.ReleaseConfig.Semver;
import io.jenkins.plugins.darwin.model.ReleaseConfig.SourceFormat;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VersionFile;
import io.jenkins.plugins.darwin.model.ReleaseConfig.VotePolicy;
import io.jenkins.plugins.darwin.model.ReleaseNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From the file's tree to {@link ReleaseConfig}: fills in defaults and checks what a schema can't express. */
final class ConfigMapper {
    private final ConfigNode root;
    private final String project;

    private ConfigMapper(ConfigNode root, String repositoryName) {
        this.root = root;
        this.project = root.text("project").orElseGet(() -> Defaults.project(repositoryName));
    }

    static ReleaseConfig map(ConfigNode root, String repositoryName) {
        return new ConfigMapper(root, repositoryName).config();
    }

    private ReleaseConfig config() {
        return new ReleaseConfig(
                project,
                root.text("trunk").orElse(Defaults.TRUNK),
                git(),
                root.get("versionFiles")
                        .map(n -> n.items().stream().map(this::versionFile).toList())
                        .orElseGet(Defaults::versionFiles),
                root.get("leave")
                        .map(n -> n.items().stream()
                                .flatMap(l -> leave(l).stream())
                                .toList())
                        .orElse(List.of()),
                root.get("afterBump").map(ConfigMapper::afterBump).orElse(AfterBump.NONE),
                root.get("images").map(this::images).orElse(List.of()),
                root.get("charts")
                        .map(n -> n.items().stream()
                                .flatMap(c -> ChartMapper.path(c).stream())
                                .toList())
                        .orElse(Defaults.CHARTS),
                root.get("charts").map(ChartMapper::rules).orElse(Map.of()),
                root.get("source")
                        .map(n -> n.items().stream()
                                .flatMap(f -> f.text().flatMap(ConfigMapper::format).stream())
                                .toList())
                        .orElse(Defaults.SOURCE),
                root.get("registry").map(this::registry).orElseGet(() -> Defaults.registry(project)),
                root.get("vote").map(ConfigMapper::vote).orElseGet(Defaults::vote),
                new ReleaseConfig.Signing(root.get("signing")
                        .map(s -> s.integer("warnDays", Defaults.WARN_DAYS))
                        .orElse(Defaults.WARN_DAYS)),
                new Publishing(
                        root.text("merge").flatMap(ConfigMapper::merge).orElse(Defaults.PUBLISHING.merge()), latest()),
                root.text("semver").filter("refuse"::equals).isPresent() ? Semver.REFUSE : Semver.WARN,
                root.get("vote")
                        .flatMap(vote -> vote.get("voterKeys"))
                        .map(ConfigNode::pairs)
                        .orElse(Map.of()),
                root.get("vote")
                        .flatMap(vote -> vote.get("require"))
                        .map(EvidenceRules::read)
                        .orElse(List.of()),
                ProcessMapper.map(root));
    }

    private static Optional<Merge> merge(String word) {
        return Arrays.stream(Merge.values()).filter(m -> m.word().equals(word)).findFirst();
    }

    /** A truth value, or the one word: the schema allows no other. */
    private Latest latest() {
        return root.bool("latest")
                .map(always -> always ? Latest.ALWAYS : Latest.NEVER)
                .orElse(Defaults.PUBLISHING.latest());
    }

    private GitRules git() {
        Optional<ConfigNode> git = root.get("git");
        return new GitRules(
                git.flatMap(g -> g.get("author"))
                        .flatMap(author -> author.read(Person::parse))
                        .orElse(Defaults.AUTHOR),
                git.flatMap(g -> g.bool("sign")),
                git.flatMap(g -> g.bool("signOff")).orElse(true),
                git.flatMap(g -> g.text("message")).orElse(GitRules.SUBJECT),
                root.get("tag").flatMap(t -> t.read(ReleaseNames::requireTag)),
                root.get("branch").flatMap(b -> b.read(ReleaseNames::requireBranch)));
    }

    private static Optional<SourceFormat> format(String ending) {
        return Arrays.stream(SourceFormat.values())
                .filter(f -> f.ending().equals(ending))
                .findFirst();
    }

    private VersionFile versionFile(ConfigNode node) {
        String files = node.get("files")
                .flatMap(f -> f.read(Glob::parse))
                .map(Glob::toString)
                .orElse("*");
        List<Place> places = new ArrayList<>();
        for (PlaceKind kind : PlaceKind.values()) {
            node.get(kind.name().toLowerCase(Locale.ROOT))
                    .ifPresent(n -> n.oneOrMore().forEach(p -> place(kind, p).ifPresent(places::add)));
        }
        return new VersionFile(files, places, node.bool("optional").orElse(false));
    }

    private static Optional<Leave> leave(ConfigNode node) {
        Optional<ConfigNode> files = node.text().isPresent() ? Optional.of(node) : node.get("files");
        String containing = node.get("containing").flatMap(ConfigNode::text).orElse("");
        return files.flatMap(f -> f.read(Glob::parse)).map(g -> new Leave(g.toString(), containing));
    }

    /** A list of commands, or the same with what they may add. */
    private static AfterBump afterBump(ConfigNode node) {
        Optional<ConfigNode> run = node.get("run");
        List<String> adds = new ArrayList<>();
        node.get("adds")
                .ifPresent(all ->
                        all.items().forEach(g -> g.read(Glob::parse).ifPresent(glob -> adds.add(glob.toString()))));
        return new AfterBump(
                run.orElse(node).items().stream()
                        .flatMap(c -> c.text().stream())
                        .toList(),
                adds);
    }

    private Optional<Place> place(PlaceKind kind, ConfigNode node) {
        Optional<ConfigNode> named = node.get(kind == PlaceKind.REGEX ? "pattern" : "path");
        Optional<String> path = node.text().isPresent() ? checked(kind, node) : named.flatMap(n -> checked(kind, n));
        Optional<String> value = node.get("value")
                .flatMap(v -> v.read(text -> {
                    Placeholders.check(text);
                    return text;
                }));
        boolean optional = node.bool("optional").orElse(false);
        return path.map(p -> new Place(kind, p, value.orElse(Place.VERSION), optional));
    }

    private static Optional<String> checked(PlaceKind kind, ConfigNode node) {
        return kind == PlaceKind.REGEX
                ? node.read(RegexPlaces::compile).map(Object::toString)
                : node.read(PlacePath::parse).map(PlacePath::toString);
    }

    private List<ImageSource> images(ConfigNode node) {
        Map<String, Integer> lines = new HashMap<>();
        List<ImageSource> images = new ArrayList<>();
        for (ConfigNode image : node.items()) {
            String name = image.text("name").orElse("");
            image.get("name").ifPresent(n -> {
                Integer first =
                        lines.putIfAbsent(name, n.problems().line(n.item().start()));
                if (first != null) {
                    n.problem("two images are called '" + name + "', the other on line " + first
                            + "; a release names each once.");
                } else if (name.equals(project + "-release")) {
                    n.problem("'" + name
                            + "' is the repository of the candidates themselves; give the image another name.");
                } else if (name.matches("(?:charts|rc[0-9]+)/.*")) {
                    n.problem("'" + name + "' is among the repositories of charts; give the image another name.");
                }
            });
            ImageMapper.map(image, name).ifPresent(images::add);
        }
        return images;
    }

    private Registries registry(ConfigNode node) {
        Registries defaults = Defaults.registry(project);
        for (String key : List.of("staging", "release")) {
            node.get(key)
                    .filter(n -> n.text().orElse("").matches("oci-layout:(?:.*/)?\\.\\.(?:/.*)?"))
                    .ifPresent(n -> n.problem("a folder with '..' in its path; write it without."));
        }
        return new Registries(
                node.text("staging").orElse(defaults.staging()),
                node.text("release").orElse(defaults.release()),
                node.texts("insecure", List.of()));
    }

    private static VotePolicy vote(ConfigNode node) {
        VotePolicy defaults = Defaults.vote();
        int hours = node.integer("hours", defaults.hours());
        VotePolicy vote = new VotePolicy(
                node.texts("voters", List.of()),
                node.texts("advisers", List.of()),
                node.integer("quorum", defaults.quorum()),
                hours,
                node.integer("minHours", VotePolicy.minHours(hours)),
                node.bool("closeEarly"),
                node.texts("checklist", defaults.checklist()),
                node.integer("graceMinutes", defaults.graceMinutes()));
        if (!vote.voters().isEmpty() && vote.quorum() > vote.voters().size()) {
            node.get("quorum")
                    .or(() -> node.get("voters"))
                    .ifPresent(n -> n.problem("a quorum of " + vote.quorum() + " can never be met by "
                            + vote.voters().size() + " voters; lower it or name more."));
        }
        if (vote.minHours() > vote.hours()) {
            node.get("minHours")
                    .or(() -> node.get("hours"))
                    .ifPresent(n -> n.problem("minHours is " + vote.minHours() + ", longer than the whole vote of "
                            + vote.hours() + " hours."));
        }
        node.get("advisers")
                .ifPresent(n -> n.items().stream()
                        .filter(a -> a.text().filter(vote.voters()::contains).isPresent())
                        .forEach(a -> a.problem(
                                "'" + a.text().orElseThrow() + "' is a voter too; a vote binds or it doesn't.")));
        return vote;
    }
}
