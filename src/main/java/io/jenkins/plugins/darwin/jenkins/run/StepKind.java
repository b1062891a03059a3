package io.jenkins.plugins.darwin.jenkins.run;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of a release in their order: one line each, for all that shows them. */
public enum StepKind {
    CUT("darwinCutRelease", Messages::Phase_Cut, Messages::Release_Cut, false),
    BUILD_RC("darwinBuildRc", Messages::Phase_BuildRc, Messages::Release_Built, false),
    SIGN("darwinSign", Messages::Phase_Sign, Messages::Release_Signed, false),
    VOTE("darwinAwaitVote", Messages::Phase_Vote, Messages::Phase_Vote, true),
    PROMOTE("darwinPromote", Messages::Phase_Promote, Messages::Release_Released, false);

    private final String function;
    private final Supplier<String> title;
    private final Supplier<String> done;
    private final boolean outlivesJenkins;

    StepKind(String function, Supplier<String> title, Supplier<String> done, boolean outlivesJenkins) {
        this.function = function;
        this.title = title;
        this.done = done;
        this.outlivesJenkins = outlivesJenkins;
    }

    /** Its name in a Jenkinsfile. */
    public String function() {
        return function;
    }

    /** What it does, for a heading. */
    public String title() {
        return title.get();
    }

    /** What a release is when it has ended well, in a word. */
    public String done() {
        return done.get();
    }

    /** Whether it waits for people, which a restart does not end. */
    public boolean outlivesJenkins() {
        return outlivesJenkins;
    }

    /** Empty for a step that this version of the plugin does not know: a build of a later one may be shown. */
    public static Optional<StepKind> of(String function) {
        return Arrays.stream(values()).filter(k -> k.function.equals(function)).findFirst();
    }
}
