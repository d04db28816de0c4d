"""Indian, Vietnamese and Chinese names."""

from __future__ import annotations

from bench.matching.culture import Culture, Middle

INDIAN = Culture(
    key="indian",
    country="IN",
    share=5,
    abroad=("NP", "BD", "LK", "PK"),
    surnames="Singh Kumar Sharma Patel Kaur Gupta Reddy Verma Das Shah Khan Jain Mehta Nair Rao Yadav Mishra Agarwal Joshi Iyer Chatterjee Mukherjee Banerjee Pillai Menon Gill Sandhu "
    "Dhillon Sidhu Chauhan Thapa Gurung Hossain Rahman Begum Ahmed Fernando Perera Desai Chopra Malhotra Kapoor Naidu Shetty",
    head=0.68,
    stems="Adh Agn Aj Amb Anan Bal Ban Bhag Bhar Bhat Chand Chak Deb Desh Dev Dhan Div Gan Gau Gov Har Ind Jag Jay Kal Kamb Kan Kart Kesh Kol Kri Laksh Mad Mah Man Mod Muth Nag Nar "
    "Nil Pad Pal Pand Par Pras Raj Ram Ran Sat Shan Shiv Son Sri Sub Sur Tal Tiw Tri Ven Vish Wad",
    endings="ani are as at e ekar esh i ia ikar kar lal nath ore pal raj ran swamy thy ur wal war wade an gowda",
    male="Rahul Amit Rajesh Sanjay Vijay Suresh Ramesh Anil Sunil Manoj Rakesh Ravi Ajay Arun Deepak Vikram Ashok Mukesh Gurpreet Harpreet Jaspreet Manpreet Balwinder Sukhwinder "
    "Kuldeep Satnam Mohammed Abdul Karthik Venkatesh Srinivas Prakash Naveen Rohit Nitin Aditya Arjun Krishna Pradeep Dinesh Hari Bikram",
    female="Priya Anita Sunita Pooja Neha Kavita Rekha Geeta Meena Lakshmi Deepa Shweta Anjali Ritu Jyoti Divya Swati Nisha Asha Usha Sangeeta Manjeet Gurpreet Harpreet Kamaljit "
    "Paramjit Rajwinder Simran Fatima Ayesha Sita Radha Padma Vidya Aishwarya Sneha Shruti Nandini Manisha Babita",
    towns="Mumbai Delhi Bangalore Hyderabad Ahmedabad Chennai Kolkata Surat Pune Jaipur Lucknow Kanpur Nagpur Amritsar Ludhiana Jalandhar Kochi Kathmandu Dhaka Coimbatore Madurai "
    "Vadodara Hoshiarpur",
    town_heads="Ram Kri Jai Fateh Sul Raj Hoshiar Nag Muzaffar Chand Ganga Bel",
    town_tails="pur nagar abad garh puram palli gaon kot wala ganj",
    regions="Punjab Gujarat Kerala Tamil_Nadu Bihar",
    streets="MG_Road Station_Road Gandhi_Nagar Nehru_Street Model_Town Civil_Lines Mall_Road",
    street_patterns=("{} Road", "{} Nagar", "{} Marg", "{} Colony", "VPO {}"),
    middle=Middle.FATHERS_NAME,
    middle_stated=0.12,
    given_counts=(0.72, 0.27, 0.01),
    takes_husbands_name=0.55,
    one_name=0.045,
    january=0.02,
    incomplete=0.006,
    spellings=(
        ("ee", "i"),
        ("oo", "u"),
        ("sh", "s"),
        ("v", "w"),
        ("aa", "a"),
        ("ksh", "x"),
        ("th", "t"),
        ("ya", "ia"),
        ("y", "i"),
        ("bh", "b"),
        ("dh", "d"),
        ("jee", "ji"),
        ("z", "j"),
        ("ph", "f"),
        ("a", "aa"),
        ("ow", "au"),
    ),
    nicknames="Rajesh:Raj Sanjay:Sanju Venkatesh:Venky Deepak:Deepu Lakshmi:Laxmi Krishna:Kishan Gurpreet:Guri Harpreet:Happy Vikram:Vicky Manpreet:Mani Jaspreet:Jassi Aishwarya:Aishu "
    "Mohammed:Md,Mohd Srinivas:Srini Suresh:Suri",
    postal="######",
)

VIETNAMESE = Culture(
    key="vietnamese",
    country="VN",
    share=2,
    abroad=("CZ", "FR"),
    surnames="Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương Đinh Lâm Phùng Mai Tô Hà Cao Châu Tạ",
    head=0.99,
    stems="Kh Th Tr Ng",
    endings="úc ổng ạch iều ưu ang",
    male="Văn_Hùng Văn_Tuấn Minh_Đức Quang_Huy Đức_Anh Văn_Nam Hữu_Thắng Thanh_Tùng Quốc_Bảo Hoàng_Long Văn_Dũng Tuấn_Anh Minh_Quân Xuân_Trường Văn_Thành Ngọc_Sơn Công_Phượng Duy_Mạnh "
    "Văn_Toàn Trọng_Nghĩa Gia_Huy Đình_Phúc Mạnh_Cường Thái_Sơn Tiến_Dũng Văn_Hải Việt_Hoàng Anh_Tuấn Văn_Long Đức_Thịnh Khánh_Duy Nhật_Minh",
    female="Thị_Lan Thị_Hoa Thị_Hương Thị_Mai Thu_Hà Ngọc_Anh Thị_Thảo Phương_Anh Thị_Hằng Thanh_Thủy Thị_Nga Kim_Ngân Minh_Châu Thị_Tuyết Bích_Ngọc Thị_Linh Hồng_Nhung Thùy_Dung Thị_Trang "
    "Mỹ_Linh Thị_Yến Quỳnh_Anh Thị_Hiền Lan_Anh Thị_Phượng Hải_Yến Thanh_Hương Thị_Loan Diệu_Linh Khánh_Vy",
    towns="Hà_Nội Hồ_Chí_Minh Đà_Nẵng Hải_Phòng Cần_Thơ Huế Nha_Trang Vinh Biên_Hòa Quy_Nhơn Thái_Bình Nam_Định Hải_Dương Thanh_Hóa Bắc_Ninh",
    town_heads="Quảng_ Bắc_ Tân_ Phú_ Long_ An_ Vĩnh_ Hòa_",
    town_tails="Bình Ninh An Thọ Xuyên Trị Khánh Giang Phúc Lộc",
    regions="Nghệ_An Hà_Tĩnh Quảng_Bình Thanh_Hóa",
    streets="Lê_Lợi Trần_Hưng_Đạo Nguyễn_Huệ Hai_Bà_Trưng Lý_Thường_Kiệt Phan_Chu_Trinh",
    street_patterns=("Đường {}", "Phố {}", "Ngõ {}", "{}"),
    given_counts=(0.98, 0.02, 0.0),
    takes_husbands_name=0.02,
    january=0.03,
    incomplete=0.006,
    spellings=(
        ("đ", "d"),
        ("đ", "dj"),
        ("ư", "u"),
        ("ơ", "o"),
        ("nguyễn", "nguyen"),
        ("nguyễn", "ngyuen"),
        ("ph", "f"),
        ("thị ", ""),
        ("văn ", ""),
        ("y", "i"),
    ),
    nicknames="Tuấn_Anh:Tony Minh_Châu:Châu",
    postal="######",
)

CHINESE = Culture(
    key="chinese",
    country="CN",
    share=3,
    abroad=("HK", "TW", "MY"),
    surnames="Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song Tang Han Feng Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu "
    "Du Ye Cheng Wei Su Lü Ding Ren Lu Yao Shen Zhong Cui Tan Fan Wong Chan Cheung Lee Ng Lam Leung Ouyang Sima",
    head=0.99,
    stems="Q X Zh",
    endings="iu ia ang uan eng",
    male="Wei Jun Jie Lei Tao Ming Qiang Yong Gang Bin Hao Xiaoming Jianguo Jianhua Zhiqiang Guoqiang Haitao Xiaolong Zihao Yuxuan Haoran Jianjun Zhigang Weimin Xiaofeng Guangming Wenjie "
    "Junjie Yifan Peng Chao Kai Zhiwei Yuchen Zixuan Dawei Xuefeng Hongbo Jiaming Chi-Ming Wing-Kit",
    female="Fang Na Min Jing Li Yan Ling Xiaoyan Hong Mei Juan Xia Ying Xue Lan Hui Yun Qin Xiaohong Meiling Lijuan Yuting Xinyi Yuhan Zihan Shuang Lili Jiayi Xiuying Guilan Yumei Xiaoli "
    "Tingting Dandan Yanyan Shuxian Wenjing Hanyu Siqi Mengyao Mei-Ling Wai-Man",
    towns="Beijing Shanghai Guangzhou Shenzhen Wenzhou Qingtian Fuzhou Hangzhou Nanjing Wuhan Chengdu Chongqing Tianjin Xi'an Shenyang Dalian Qingdao Hong_Kong Taipei Ningbo Putian Fuqing",
    town_heads="Chang Nan Bei Xin Lin Hai Guang Jin Ping Dong An",
    town_tails="zhou jing an shan ning yang cheng he jiang tian kou",
    regions="Zhejiang Fujian Guangdong Liaoning",
    streets="Renmin_Lu Zhongshan_Lu Jiefang_Lu Jianshe_Lu Xinhua_Jie Beijing_Lu",
    street_patterns=("{} Lu", "{} Jie", "{} Road", "{} Xiang"),
    given_counts=(0.98, 0.02, 0.0),
    takes_husbands_name=0.02,
    incomplete=0.003,
    spellings=(
        ("x", "hs"),
        ("zh", "ch"),
        ("q", "ch"),
        ("j", "ch"),
        ("c", "ts"),
        ("ü", "u"),
        ("ü", "yu"),
        ("ü", "v"),
        ("ong", "ung"),
        ("g", "k"),
        ("d", "t"),
        ("ian", "ien"),
        ("zhang", "cheung"),
        ("wang", "wong"),
        ("-", " "),
        ("-", ""),
    ),
    nicknames="Wei:David Jun:John Ming:Michael Na:Nancy Li:Lily Jing:Jenny Hui:Helen Kai:Kevin Ying:Angel Yan:Annie",
    postal="######",
)
