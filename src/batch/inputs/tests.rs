use super::*;

/// A folder of its own for one test, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("hicm-inputs-{}-{test}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    fn with(self, names: &[&str]) -> Self {
        for name in names {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, name).expect("a file");
        }
        self
    }

    fn list(&self) -> Vec<Input> {
        list(vec![Request::Path(self.0.clone())], &|_| false)
    }

    fn names(&self) -> Vec<String> {
        self.list().into_iter().map(|input| input.name).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn given(path: &str) -> String {
    given_name(Path::new(path))
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names() {
    let folder = Scratch::new("order").with(&["b.txt", "a/z.txt", "a/b/c.csv", "a-1.txt"]);
    assert_eq!(folder.names(), ["a-1.txt", "a/b/c.csv", "a/z.txt", "b.txt"]);
}

#[test]
fn a_file_bears_its_path_as_given_but_never_an_absolute_one() {
    assert_eq!(given("returns/2017/a.txt"), "returns/2017/a.txt");
    assert_eq!(given("./a.txt"), "a.txt");
    assert_eq!(given("../a.txt"), "../a.txt");
    assert_eq!(given("."), ".");
    #[cfg(unix)]
    assert_eq!(given("/srv/returns/a.txt"), "a.txt");
}

#[test]
fn lock_and_system_files_are_skipped() {
    for name in ["~$plan.xlsx", ".DS_Store", "Thumbs.db", "thumbs.db", ".~lock.plan.ods#", "._plan.csv"] {
        assert!(is_system_file(&Path::new("returns").join(name)), "{name}");
    }
    for name in ["plan~$.xlsx", "DS_Store", ".hidden.csv", "a.lock"] {
        assert!(!is_system_file(Path::new(name)), "{name}");
    }
}

#[test]
fn a_folder_without_documents_is_lost_by_its_name() {
    let folder = Scratch::new("none").with(&[".DS_Store"]);
    let list = folder.list();
    assert!(matches!(&list[0].origin, Origin::Lost { kind: ErrorKind::Empty, .. }), "{list:?}");
    assert_eq!(list[1].origin, Origin::Skipped);
}

#[test]
fn what_is_not_there_is_lost() {
    let list = list(vec![Request::Path(PathBuf::from("no/such/file.txt"))], &|_| false);
    assert_eq!(list[0].name, "no/such/file.txt");
    assert!(matches!(&list[0].origin, Origin::Lost { kind: ErrorKind::NotFound, .. }));
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    let folder = Scratch::new("links").with(&["a/plan.txt"]);
    std::os::unix::fs::symlink(&folder.0, folder.0.join("a/up")).expect("a link");
    std::os::unix::fs::symlink(folder.0.join("a/plan.txt"), folder.0.join("b.txt")).expect("a link");
    std::os::unix::fs::symlink(folder.0.join("gone"), folder.0.join("c.txt")).expect("a link");
    assert_eq!(folder.names(), ["a/plan.txt", "b.txt", "c.txt"]);
    assert!(matches!(&folder.list()[2].origin, Origin::Lost { kind: ErrorKind::NotFound, .. }));
}

#[test]
fn own_files_are_no_documents() {
    let folder = Scratch::new("own").with(&["a.txt", "out/records.jsonl"]);
    let own = folder.0.join("out/records.jsonl");
    let list = list(vec![Request::Path(folder.0.clone())], &|path| path == own);
    assert_eq!(list.len(), 1);
}
