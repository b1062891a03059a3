package io.jenkins.plugins.darwin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the rooms of the design and the arrows between them, which point only downward. */
@AnalyzeClasses(packages = "io.jenkins.plugins.darwin", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final String ROOT = "io.jenkins.plugins.darwin.";
    private static final String[] SUBJECTS = {
        ROOT + "git..",
        ROOT + "registry..",
        ROOT + "image..",
        ROOT + "chart..",
        ROOT + "archive..",
        ROOT + "openpgp..",
        ROOT + "attest..",
        ROOT + "notes..",
        ROOT + "vote..",
        ROOT + "publish..",
        ROOT + "check..",
        ROOT + "config..",
        ROOT + "edit..",
        ROOT + "report..",
        ROOT + "policy..",
        ROOT + "schedule..",
        ROOT + "load.."
    };

    @ArchTest
    static final ArchRule MODEL_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage(ROOT + "model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(all(ROOT + "release..", ROOT + "cli..", ROOT + "jenkins.."));

    @ArchTest
    static final ArchRule MODEL_DOES_NO_IO = noClasses()
            .that()
            .resideInAPackage(ROOT + "model..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.file.Files")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "org.eclipse.jgit..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule SUBJECTS_CALL_NO_USE_CASE = noClasses()
            .that()
            .resideInAnyPackage(SUBJECTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "release..", ROOT + "cli..", ROOT + "jenkins..");

    @ArchTest
    static final ArchRule USE_CASES_SEE_NO_FRONT = noClasses()
            .that()
            .resideInAPackage(ROOT + "release..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "cli..", ROOT + "jenkins..");

    @ArchTest
    static final ArchRule FRONTS_DO_NOT_SEE_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "jenkins..");

    @ArchTest
    static final ArchRule JENKINS_DOES_NOT_SEE_THE_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage(ROOT + "jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "cli..");

    @ArchTest
    static final ArchRule ONLY_JENKINS_SEES_JENKINS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_SEES_THE_TERMINAL = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "me.tongfei..")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule ONLY_OPENPGP_SEES_BOUNCY_CASTLE = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "openpgp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    /** The archive room reads .gitattributes with JGit's parser; the demo makes its repository. Neither talks to a remote. */
    @ArchTest
    static final ArchRule ONLY_GIT_SEES_JGIT = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "git..", ROOT + "cli.demo..", ROOT + "archive..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..");

    @ArchTest
    static final ArchRule NO_CYCLE = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    /** The engine also runs inside an agent: what belongs to the whole JVM is not ours to change. */
    @ArchTest
    static final ArchRule NO_GLOBAL_STATE = noClasses()
            .should()
            .callMethod(java.security.Security.class, "addProvider", java.security.Provider.class)
            .orShould()
            .callMethod(java.security.Security.class, "insertProviderAt", java.security.Provider.class, int.class)
            .orShould()
            .callMethod(System.class, "setProperty", String.class, String.class);

    private static String[] all(String... more) {
        String[] packages = java.util.Arrays.copyOf(SUBJECTS, SUBJECTS.length + more.length);
        System.arraycopy(more, 0, packages, SUBJECTS.length, more.length);
        return packages;
    }
}
