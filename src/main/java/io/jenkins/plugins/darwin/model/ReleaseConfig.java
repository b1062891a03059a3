package io.jenkins.plugins.darwin.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code darwin-release.yaml}, validated and with every default filled in.
 *
 * @param project name of the release's artifacts
 * @param trunk the branch that releases are cut from and merged back to
 * @param leave lines with an old version that are known and stay
 * @param afterBump commands that regenerate files once the version is bumped
 * @param charts paths of chart folders inside the repository
 * @param chartRules what is looked at in a chart, by its path; a chart that is not named has none
 * @param source formats of the source archive
 * @param publishing what promotion does beside the names of the version
 * @param semver what happens when the commits since the last release ask for a higher version
 * @param voterKeys whose signed ballots count, by voter: a fingerprint of a key in KEYS, or a file with a public key
 * @param require evidence that has to be there before a vote passes or a promotion starts
 * @param process what holds on the way there, beside the vote
 */
public record ReleaseConfig(
        String project,
        String trunk,
        GitRules git,
        List<VersionFile> versionFiles,
        List<Leave> leave,
        AfterBump afterBump,
        List<ImageSource> images,
        List<String> charts,
        Map<String, ChartRules> chartRules,
        List<SourceFormat> source,
        Registries registry,
        VotePolicy vote,
        Signing signing,
        Publishing publishing,
        Semver semver,
        Map<String, String> voterKeys,
        List<EvidenceRule> require,
        ProcessRules process) {
    public ReleaseConfig {
        require = List.copyOf(require);
        voterKeys = Collections.unmodifiableMap(new TreeMap<>(voterKeys));
        versionFiles = List.copyOf(versionFiles);
        leave = List.copyOf(leave);
        images = List.copyOf(images);
        charts = List.copyOf(charts);
        chartRules = Map.copyOf(chartRules);
        source = List.copyOf(source);
    }

    /**
     * This configuration as it counts beside trunk's: what is built and where it is staged stays, policy and public places
     * are trunk's. Whoever may push to a release branch can change the former alone.
     */
    public ReleaseConfig under(ReleaseConfig trunkConfig) {
        Set<String> variables = trunkConfig.images.stream()
                .flatMap(image -> image.options().variables().stream())
                .collect(Collectors.toSet());
        return new ReleaseConfig(
                project,
                trunkConfig.trunk,
                trunkConfig.git,
                versionFiles,
                leave,
                trunkConfig.afterBump,
                images.stream().map(image -> image.under(variables)).toList(),
                charts,
                chartRules(trunkConfig),
                source,
                registry.under(trunkConfig.registry),
                trunkConfig.vote,
                trunkConfig.signing,
                trunkConfig.publishing,
                trunkConfig.semver,
                trunkConfig.voterKeys,
                trunkConfig.require,
                trunkConfig.process);
    }

    /** Values files are the branch's; which images of others are fine is for trunk to say. */
    private Map<String, ChartRules> chartRules(ReleaseConfig trunkConfig) {
        return charts.stream()
                .collect(Collectors.toMap(
                        chart -> chart,
                        chart -> new ChartRules(
                                rules(chart).values(), trunkConfig.rules(chart).allow())));
    }

    /** What is looked at in a chart. */
    public ChartRules rules(String chart) {
        return chartRules.getOrDefault(chart, ChartRules.NONE);
    }

    /** What promotion does beside giving the version its names: the keys {@code merge} and {@code latest}. */
    public record Publishing(Merge merge, Latest latest) {}

    /** What is done about a version that is too low for its commits. */
    public enum Semver {
        /** No such cut. */
        REFUSE,
        /** It is said. */
        WARN
    }

    /** How a release comes back to trunk. */
    public enum Merge {
        /** By a push; where trunk takes none, a branch for a pull request is offered. */
        PUSH("push"),
        /** By a pull request that people open from {@code merge/X.Y.Z}. */
        PULL_REQUEST("pull-request"),
        /** Not by promotion. */
        NONE("none");

        private final String word;

        Merge(String word) {
            this.word = word;
        }

        /** As the configuration spells it. */
        public String word() {
            return word;
        }
    }

    /** When {@code latest} moves to a release. */
    public enum Latest {
        /** {@code true}: with every release, one of an older line too. */
        ALWAYS,
        /** {@code false}. */
        NEVER,
        /** Only when no higher version is released. */
        HIGHER_ONLY
    }

    /**
     * What a team wants to know of its signing keys.
     *
     * @param warnDays days before a key's end from which on everybody who uses it is told
     */
    public record Signing(int warnDays) {}

    /** Author and committer of what is made for a release. */
    public Person author() {
        return git.author();
    }

    /** Names of its tags and branches. */
    public ReleaseNames names() {
        return new ReleaseNames(project, git.tag(), git.branch());
    }

    /** Name of the repository that holds candidates, beside those of the images. */
    public String candidateRepository() {
        return project + "-release";
    }

    /** Formats of a source archive, by the ending of the file. */
    public enum SourceFormat {
        TAR_GZ("tar.gz"),
        ZIP("zip");

        private final String ending;

        SourceFormat(String ending) {
            this.ending = ending;
        }

        public String ending() {
            return ending;
        }
    }

    /** What kind of place inside a file carries a value. */
    public enum PlaceKind {
        YAML,
        JSON,
        TOML,
        XML,
        REGEX
    }

    /**
     * Files, by glob relative to the repository's root, and the places in them that carry a value.
     *
     * @param optional whether it is fine that no file, or no place in a file, matches
     */
    public record VersionFile(String files, List<Place> places, boolean optional) {
        public VersionFile {
            places = List.copyOf(places);
        }
    }

    /**
     * Lines that may keep an old version.
     *
     * @param files by glob relative to the repository's root
     * @param containing only lines that have this text; empty for all
     */
    public record Leave(String files, String containing) {}

    /**
     * What is run in a checkout once the version is bumped.
     *
     * @param commands for a shell, one after the other
     * @param adds globs of files that they may make
     */
    public record AfterBump(List<String> commands, List<String> adds) {
        /** Nothing. */
        public static final AfterBump NONE = new AfterBump(List.of(), List.of());

        public AfterBump {
            commands = List.copyOf(commands);
            adds = List.copyOf(adds);
        }
    }

    /**
     * A place inside a file.
     *
     * @param path a path such as {@code dependencies[repository^=file://].version} or {@code services.*.image.tag}; for
     *     a regex, the expression, whose one group is the value
     * @param value what belongs there; {@code ${version}}, {@code ${major}}, {@code ${minor}}, {@code ${patch}},
     *     {@code ${registry.release}} and {@code ${registry.staging}} are filled in
     * @param optional whether it is fine that a file lacks this place
     */
    public record Place(PlaceKind kind, String path, String value, boolean optional) {
        /** What belongs in a place unless the configuration says otherwise. */
        public static final String VERSION = "${version}";

        /** A place that must exist. */
        public Place(PlaceKind kind, String path, String value) {
            this(kind, path, value, false);
        }
    }

    /** Where an image comes from: exactly one of the three. */
    public sealed interface ImageSource {
        /** Last part of the repository's path in the registry. */
        String name();

        /**
         * Content that is just files.
         *
         * @param files folder or file in the repository, by path
         * @param target folder in the image, absolute
         */
        record Files(String name, String files, String target) implements ImageSource {}

        /** What its build is told and given; nothing where no tool builds it. */
        default BuildOptions options() {
            return BuildOptions.NONE;
        }

        /** With only those variables that trunk gives to builds. */
        default ImageSource under(Set<String> variables) {
            return this;
        }

        /** @param context folder in the repository */
        record Dockerfile(String name, String dockerfile, String context, BuildOptions options) implements ImageSource {
            public Dockerfile(String name, String dockerfile, String context) {
                this(name, dockerfile, context, BuildOptions.NONE);
            }

            @Override
            public Dockerfile under(Set<String> variables) {
                return new Dockerfile(name, dockerfile, context, options.under(variables));
            }
        }

        /**
         * The project's own build script, run in a checkout.
         *
         * @param produces the reference that the script pushes to
         */
        record Command(String name, String command, String produces, BuildOptions options) implements ImageSource {
            public Command(String name, String command, String produces) {
                this(name, command, produces, BuildOptions.NONE);
            }

            @Override
            public Command under(Set<String> variables) {
                return new Command(name, command, produces, options.under(variables));
            }
        }
    }

    /**
     * The staging and release registries: {@code host[:port]/path} or {@code oci-layout:PATH}.
     *
     * @param insecure hosts other than loopback that are spoken to in plain http
     */
    public record Registries(String staging, String release, List<String> insecure) {
        public Registries {
            insecure = List.copyOf(insecure);
        }

        /** Plain http to a host that trunk names is for trunk to allow. */
        Registries under(Registries trunk) {
            List<String> trunks = List.of(host(trunk.staging), host(trunk.release));
            List<String> plain = Stream.concat(
                            trunk.insecure.stream(), insecure.stream().filter(h -> !trunks.contains(h)))
                    .distinct()
                    .toList();
            return new Registries(staging, trunk.release, plain);
        }

        private static String host(String location) {
            int slash = location.indexOf('/');
            return slash < 0 ? location : location.substring(0, slash);
        }
    }

    /**
     * How a vote is decided.
     *
     * @param voters IDs whose ballots bind
     * @param advisers IDs whose ballots are shown and do not count
     * @param quorum binding +1s needed
     * @param hours from opening to deadline
     * @param minHours earliest early close after opening
     * @param closeEarly whether the vote may close as soon as its outcome can't change any more; empty for the default
     *     rule (every binding voter has voted, or quorum met with no -1 and minHours over); never with a binding -1
     * @param graceMinutes how long ballots can change after the last one before a decided vote closes by itself
     */
    public record VotePolicy(
            List<String> voters,
            List<String> advisers,
            int quorum,
            int hours,
            int minHours,
            Optional<Boolean> closeEarly,
            List<String> checklist,
            int graceMinutes) {
        /** How long ballots can change after the one that decided, unless a policy says otherwise. */
        public static final int GRACE_MINUTES = 10;

        /** The earliest close of a vote that lasts so many hours, unless a policy says otherwise: a day, or half of it. */
        public static int minHours(int hours) {
            return Math.min(24, hours / 2);
        }

        /** With the usual grace. */
        public VotePolicy(
                List<String> voters,
                List<String> advisers,
                int quorum,
                int hours,
                int minHours,
                Optional<Boolean> closeEarly,
                List<String> checklist) {
            this(voters, advisers, quorum, hours, minHours, closeEarly, checklist, GRACE_MINUTES);
        }

        public VotePolicy {
            voters = List.copyOf(voters);
            advisers = List.copyOf(advisers);
            checklist = List.copyOf(checklist);
        }
    }
}
