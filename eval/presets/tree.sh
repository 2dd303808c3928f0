# Lays out the tree in which commands are tried. Its only argument is a folder that is not there yet.
set -e
umask 022
mkdir "$1"
cd "$1"
mkdir -p testbed/dir1/subdir1/subsubdir1 testbed/dir2/subdir1 testbed/dir2/subdir2 \
  testbed/dir3/subdir1/subsubdir1/tmp testbed/FooBar testbed/my_dir \
  system/folder1/sub system/folder2 system/folder3/temp/temp1 system/folder3/backup_dbg/backup \
  workspace/dir1 workspace/dir2 workspace/links home/newlinks

printf 'print("one")\n' > testbed/dir1/subdir1/pythonscript1.py
printf 'print("two")\nprint("Hello")\n' > testbed/dir1/subdir1/pythonscript2.py
printf 'x = 3\n' > testbed/dir1/subdir1/subsubdir1/pythonscript3.py
printf 'console.log(1);\nconsole.log(2);\n' > testbed/dir1/subdir1/script1.js
printf 'Hello from here\nthis is a text file\n' > testbed/dir1/subdir1/textfile1.txt
printf '<?php\necho "Hello";\n' > testbed/dir1/info.php
printf '<?php\n\n\necho 2;\n' > testbed/dir2/subdir1/show.php
printf 'let a = 1;\n' > testbed/dir2/subdir2/script2.js
printf 'int main(void) { return 0; }\n' > testbed/dir2/hello.c
printf '#include <stdio.h>\nint main(void) {\n  puts("Hello");\n}\n' > testbed/hello.c
printf 'a,b\n1,2\n' > testbed/dir2/csvfile1.csv
i=1; while [ $i -le 20 ]; do echo "line $i"; i=$((i+1)); done > testbed/dir3/subdir1/subsubdir1/textfile3.txt
printf 'a file in FooBar\n' > testbed/FooBar/file1.txt
printf '<p>FooBar</p>\n' > testbed/dir3/FooBar.html
printf 'the end\n' > testbed/my_dir/file2.txt
ln -s dir1 testbed/link1
ln -s ../hello.c testbed/dir2/link2
touch -d '2020-01-01' testbed/dir2/csvfile1.csv testbed/my_dir/file2.txt

printf 'x\n' > system/folder1/a.doc
printf 'y\n' > system/folder1/sub/b.doc
printf 'one\n' > system/folder1/old.txt
printf 'two\n' > system/folder1/new.txt
touch -d '2021-05-05' system/folder1/old.txt
printf 'obj' > system/folder2/main.o
printf 'out' > system/folder2/a.out
printf 'core' > system/folder2/core
printf 'out' > system/folder3/temp/run.out
printf 'first\r\nsecond\r\nthird\r\n' > system/folder3/temp/temp1/text1.txt
printf 'abc\tdef\n' > system/text1.txt
printf 'more\n' > system/notes.md
printf 'data\n' > system/data.csv

printf 'alpha\nbeta\n\n\n' > workspace/dir1/a.txt
printf 'one\ntwo\nthree\nfour\n' > workspace/dir1/long.txt
printf 'one\n2\nthree\n4\nfive\n' > workspace/dir1/terminate.txt
printf 'int sum(int a, int b) { return a + b; }\n' > workspace/dir1/sum.c
printf '/usr/bin/env\n/home/a/notes.txt\nplain\n' > workspace/dir1/file.txt
printf 'Say HELLO\n' > workspace/dir1/greeting.txt
printf 'say hello twice\n' > workspace/dir1/other.md
: > workspace/dir1/empty.txt
printf 'A\n' > workspace/dir2/A.TXT
printf 'a\n' > workspace/dir2/b.tar
printf 'x\n' > workspace/dir2/README.md
printf '/workspace/dir1/a.txt\n/workspace/dir1/sum.c\n' > workspace/results.txt
printf 'packed\n' > workspace/dir2/packed.log
gzip -n workspace/dir2/packed.log
printf 'open\n' > workspace/dir1/open.sh
chmod 777 workspace/dir1/open.sh
printf '#!/bin/bash\n# sets things up for the tests\nmkdir -p /the/one\nmkdir -p /the/one\necho the end of the setup\necho done\necho done\n' > home/setup_nl2b_fs_1.sh
printf 'banana\napple\ncherry\napple\n' > home/fruit.txt
printf 'name,city,age\nAda,London,36\nLin,Taipei,28\nTom,Paris,41\n' > home/people.csv
printf 'GET /a 200\nGET /b 404\nPOST /a 200\nGET /b 404\n' > home/access.log
mkdir home/photos
truncate -s 120M home/disk.img
printf 'j1' > home/photos/one.jpg
printf 'j22' > home/photos/two.jpg
printf 'p' > home/photos/three.png
touch -d '2022-02-02' home/fruit.txt home/people.csv home/photos/one.jpg
